"""Many project sheets from few that are drawn: one a shape, its values put into the file's XML."""
