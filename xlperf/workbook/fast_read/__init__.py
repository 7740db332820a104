"""What the parts of a workbook's file say, read from their XML: no openpyxl, nothing is written.

`contents.contents_of` gives the sheets as the reader of forms takes them. Whatever these modules
are not certain of raises `UnsupportedError`: openpyxl then reads the file, or says what is wrong.
"""
