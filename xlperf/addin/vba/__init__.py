"""A VBA project: sources, compression, compound file, and what is read back."""
