"""What is damaged in a workbook, and how it is put right without losing anybody's words."""
