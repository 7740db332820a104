"""A comparison of two documents as text, JSON and a web page."""
