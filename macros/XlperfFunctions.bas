Attribute VB_Name = "XlperfFunctions"
Option Explicit
' What Excel's function wizard says about the worksheet functions, in the language of Excel. (xlwings
' says it when somebody imports functions by hand; here the wrappers are generated at build time.)

Private Const CATEGORY As String = "xlperf"
Private Const LONGEST As Long = 255
Private Const SEVERAL_AREAS As Long = -2147220991 ' vbObjectError + 513, an error of our own

' Tell Excel about every function that has words.
Public Sub XlperfDescribeFunctions(ByVal host As Object)
    Dim page As Object
    Dim key As String
    Dim i As Long
    Set page = ThisWorkbook.Worksheets("xlperf.words")
    i = 1
    Do While page.Cells(i, 1).Value <> ""
        key = page.Cells(i, 1).Value
        If Right(key, 5) = ".help" Then XlperfDescribe host, Left(key, Len(key) - 5)
        i = i + 1
    Loop
End Sub

' Where Excel will not listen the wizard says less; nothing else depends on it.
Private Sub XlperfDescribe(ByVal host As Object, ByVal name As String)
    Dim macro As String
    macro = "'" & ThisWorkbook.Name & "'!" & name
    On Error Resume Next
    host.MacroOptions macro, XlperfShort(name & ".help"), , , , , CATEGORY, , , , XlperfArguments(name)
    On Error GoTo 0
End Sub

' The words about each argument, in order.
Public Function XlperfArguments(ByVal name As String) As Variant
    Dim texts() As String
    Dim count As Long
    Do While XlperfWord(name & "." & (count + 1)) <> ""
        count = count + 1
        ReDim Preserve texts(1 To count)
        texts(count) = XlperfShort(name & "." & count)
    Loop
    XlperfArguments = texts
End Function

Private Function XlperfShort(ByVal key As String) As String
    XlperfShort = Left(XlperfWord(key), LONGEST)
End Function

' What a worksheet function is given: of a range its values, else the argument itself. So the function
' knows nothing but values, and asks Excel for nothing while it calculates.
Public Function XlperfValues(Optional ByVal given As Variant) As Variant
    If IsObject(given) Then
        XlperfValues = XlperfValuesOf(given)
    Else
        XlperfValues = given
    End If
End Function

' The values of a range, which must be one block.
Private Function XlperfValuesOf(ByVal cells As Object) As Variant
    If cells.Areas.Count > 1 Then Err.Raise SEVERAL_AREAS, , XlperfWord("function_areas.label")
    XlperfValuesOf = XlperfUsed(cells).Value2
End Function

' Of whole columns the rows that are in use on their sheet; any other range as it is.
Private Function XlperfUsed(ByVal given As Object) As Object
    Dim used As Object
    Set XlperfUsed = given
    If given.Rows.Count < given.Worksheet.Rows.Count Then Exit Function
    Set used = given.Worksheet.UsedRange
    Set XlperfUsed = given.Resize(used.Row + used.Rows.Count - 1)
End Function

' What a cell says whose function could not be called.
Public Function XlperfNotCalled(ByVal why As String) As String
    If why = XlperfWord("function_areas.label") Then
        XlperfNotCalled = why
    Else
        XlperfNotCalled = XlperfSentence("function_not_called", why)
    End If
End Function
