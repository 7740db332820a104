"""Whether a target can be read, reached and measured, and fits its indicator."""
