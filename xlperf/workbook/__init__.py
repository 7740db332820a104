"""Workbooks in and out: the only package that imports openpyxl.

`write.write_master` makes the master workbook, `read.read_workbook` reads one back, `annotate`
marks a copy. Rooms: `draw` (sheets), `repair` (damaged books), `package` (the file itself). A
sheet is a grid to the rest of the house (`grids`); forms are drawn first, then values are written
into them.
"""
