"""Forms of other places, read by what titles and labels mean, not by where they stand."""
