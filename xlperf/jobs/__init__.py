"""Whole jobs, put together from the floors below: open anything, check it, add it up, show it."""
