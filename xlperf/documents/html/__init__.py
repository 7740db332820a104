"""HTML files read: paragraphs, lists and tables, as blocks."""
