"""Workbooks that are not ours, as printed sheets: xlsx, xls, ods, SpreadsheetML."""
