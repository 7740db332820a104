"""The official document as a Word file."""
