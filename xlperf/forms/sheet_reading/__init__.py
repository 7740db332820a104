"""What sheets say, read the same way from a file and from a live book."""
