"""Word files read: parts, numbering, runs and stories, as blocks."""
