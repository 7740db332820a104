"""Tables of other places: headers, columns known by title, rows of indicators and of projects."""
