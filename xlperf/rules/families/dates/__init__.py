"""Whether dates exist and belong to the year."""
