"""A server for this computer alone, and the note by which others find it."""
