"""Sheets that are made and not filled in: where everything stands on them. Data, no logic."""
