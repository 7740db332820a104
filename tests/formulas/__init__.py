"""Every formula that a workbook is written with means the same in Excel, WPS and LibreOffice.

`parse` makes a tree of a formula, `checker` infers what kinds of values it can give, by the table
in `functions` and the rules in `operators`; `limits` has what Excel refuses; `written` has all
formulas of a workbook.
"""
