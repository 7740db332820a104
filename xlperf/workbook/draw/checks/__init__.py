"""Checks on a sheet: hints, statuses, colours, and what a field asks for."""
