"""The members of Excel's objects that the live layer uses: by calls as data, and altogether."""

from __future__ import annotations

CALL_WIDTH = 9  # elements of a call on its tape

# What the macro knows.
LINKS = frozenset(
    (
        *("Comment", "Comments", "Interior", "Item", "MergeArea", "Names", "Range", "UsedRange"),
        "Worksheets",
    )
)
GETS = frozenset(
    (
        *("Address", "Color", "ColorIndex", "Count", "Formula", "MergeCells", "Name"),
        *("NumberFormat", "RefersTo", "Value2", "Visible"),
    )
)
PUTS = frozenset(("Color", "ColorIndex", "ColumnWidth", "Style", "Value2"))
CALLS = frozenset(("Add", "AddComment", "ClearComments", "Delete", "Merge", "Text"))

MEMBERS = frozenset(
    (
        "Activate", "ActiveCell", "ActiveSheet", "Add", "AddComment", "Address",
        "AllowDeletingColumns", "AllowDeletingRows", "AllowFiltering", "AllowFormattingCells",
        "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
        "AllowInsertingHyperlinks", "AllowInsertingRows", "AllowSorting",
        "AllowUsingPivotTables", "AutoFilter", "Clear", "ClearComments", "ClearContents",
        "Color", "ColorIndex", "ColumnWidth", "Comment", "Comments", "Copy", "Count",
        "Delete", "DisplayAlerts", "FileDialog", "FitToPagesTall", "FitToPagesWide", "Formula",
        "FullName",
        "FreezePanes", "Hyperlinks", "Insert", "Interior", "Item", "Merge", "MergeArea",
        "MergeCells", "Name", "Names",
        "NumberFormat", "Orientation", "PageSetup", "Path", "Protect", "ProtectContents",
        "ProtectDrawingObjects", "ProtectScenarios", "Protection", "Range", "RefersTo", "Run",
        "Select", "SelectedItems", "Show", "SplitRow", "Style", "Text", "Title", "Unprotect",
        "UsedRange", "Value2", "Version", "Visible", "Windows", "Worksheets", "Zoom",
    )
)  # fmt: skip
