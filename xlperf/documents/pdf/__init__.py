"""PDF files with a text layer read: lines, paragraphs and tables, as blocks."""
