"""The formulas of a workbook, as text: what sheets check and add up. No spreadsheet library."""
