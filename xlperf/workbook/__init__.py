"""Workbooks in and out: the only package that imports openpyxl.

`write.master` makes the master workbook, `read.read_workbook` reads one back, `totals_book` shows
a roll-up. A sheet is an adapter to a grid (`sheets`); forms are drawn (`prototype`), then poured.
"""
