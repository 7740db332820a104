Attribute VB_Name = "XlperfText"
Option Explicit
' Literals that are not ASCII: the build moves them to a hidden sheet and calls this in their place.

Public Function XlperfLiteral(ByVal number As Long) As String
    XlperfLiteral = ThisWorkbook.Worksheets("xlperf.text").Cells(number, 1).Value
End Function
