"""An open workbook of ours: read, marked, listed, its summary and projects."""
