"""Blocks parsed into a record: outline, department's part, projects' forms."""
