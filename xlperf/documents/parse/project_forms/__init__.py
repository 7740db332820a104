"""A project's form in our own layouts: recognised, its labels, goals and rows of indicators."""
