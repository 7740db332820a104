"""The Excel add-in: built from the text in macros/, checked, installed, looked after, bundled.

Nothing here needs Excel. VBA projects and their container are written and read by our own small
modules (`compression`, `container`, `project`), the package around them by XlsxWriter.
"""
