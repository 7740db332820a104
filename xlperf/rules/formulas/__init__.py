"""Rules as spreadsheet formulas: the language, its steps, and the keys of findings in cells."""
