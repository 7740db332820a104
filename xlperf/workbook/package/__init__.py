"""A workbook's file: opened within bounds, saved clean, its parts changed or put back."""
