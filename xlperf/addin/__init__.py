"""The Excel add-in: built from the text in macros/, checked, installed, looked after, bundled.

Nothing here needs Excel. VBA projects and their container are written and read by our own small
modules (`vba`), the package around them by XlsxWriter (`xlam`). `setup` puts it in place for one
user and says why it does not work; `bundle` packs it with Python for offices without internet.
"""
