"""A sheet's XML: single cells, rows, shared formulas and templates, all else left as it stands."""
