Attribute VB_Name = "XlperfAsking"
Option Explicit
' What xlperf/live/com/batch.py asks of a workbook, answered inside Excel, where it costs next to
' nothing, and given back in one go. Only the members named below can be asked for, and nothing that
' is asked is ever run as code.
'
' Asks are one flat array: how many elements it has, how many signs its texts have, and nine
' elements for each ask: the sheet ("" for the workbook), two links that lead
' from it to an object (each a member and which one), get, put or call, the member, two arguments.
' The answers are a flat array, too: the same two numbers, and for each ask 0 and a value, or -1 and why Excel refuses, or the columns and rows of a rectangle, how
' many of its cells are not blank, and of each of these which one it is and its value. Both sides check
' the two numbers; where something is wrong there is no answer at all.

Private Const WIDTH As Long = 9
Private Const ALONE As Long = 0
Private Const REFUSED As Long = -1

Private mSaid() As Variant
Private mCount As Long
Private mSigns As Double

' The answers of one of the open workbooks; a formula in a cell gets none.
Public Function XlperfAsk(ByVal name As String, ByVal tape As Variant) As Variant
    On Error GoTo failed
    If TypeName(Application.Caller) = "Range" Then Exit Function
    XlperfAsk = XlperfAnswers(Workbooks(name), tape)
    Exit Function
failed:
    XlperfAsk = Empty
End Function

Public Function XlperfAnswers(ByVal book As Object, ByVal tape As Variant) As Variant
    Dim i As Long
    If Not XlperfIsWhole(tape) Then Exit Function
    ReDim mSaid(0 To 1023)
    mCount = 2
    mSigns = 0
    For i = LBound(tape) + 2 To UBound(tape) - WIDTH + 1 Step WIDTH
        XlperfAnswer book, tape, i
    Next i
    mSaid(0) = mCount
    mSaid(1) = mSigns
    ReDim Preserve mSaid(0 To mCount - 1)
    XlperfAnswers = mSaid
End Function

' Whether nothing was lost on the way here.
Private Function XlperfIsWhole(ByRef tape As Variant) As Boolean
    Dim i As Long
    Dim signs As Double
    For i = LBound(tape) + 2 To UBound(tape)
        If VarType(tape(i)) = vbString Then signs = signs + Len(tape(i))
    Next i
    XlperfIsWhole = (tape(LBound(tape)) = UBound(tape) - LBound(tape) + 1 And tape(LBound(tape) + 1) = signs)
End Function

' One answer; what was said before an error is taken back.
Private Sub XlperfAnswer(ByVal book As Object, ByRef tape As Variant, ByVal i As Long)
    Dim target As Object
    Dim count As Long
    Dim signs As Double
    Dim why As String
    count = mCount
    signs = mSigns
    On Error GoTo refusal
    Set target = book
    If tape(i) <> "" Then Set target = book.Worksheets(tape(i))
    Set target = XlperfFollow(target, tape(i + 1), tape(i + 2))
    Set target = XlperfFollow(target, tape(i + 3), tape(i + 4))
    Select Case tape(i + 5)
        Case "get"
            XlperfTell XlperfGet(target, tape(i + 6))
        Case "put"
            XlperfPut target, tape(i + 6), tape(i + 7)
            XlperfTell Empty
        Case "call"
            XlperfTell XlperfCall(target, tape(i + 6), tape(i + 7), tape(i + 8))
        Case Else
            Err.Raise 5
    End Select
    Exit Sub
refusal:
    why = Err.Description
    mCount = count
    mSigns = signs
    XlperfSay REFUSED
    XlperfSay why
End Sub

' The object that a link leads to.
Private Function XlperfFollow(ByVal target As Object, ByVal link As String, ByVal which As Variant) As Object
    Select Case link
        Case ""
            Set XlperfFollow = target
        Case "Range"
            Set XlperfFollow = target.Range(which)
        Case "UsedRange"
            Set XlperfFollow = target.UsedRange
        Case "Interior"
            Set XlperfFollow = target.Interior
        Case "MergeArea"
            Set XlperfFollow = target.MergeArea
        Case "Comment"
            Set XlperfFollow = target.Comment
        Case "Comments"
            Set XlperfFollow = target.Comments
        Case "Names"
            Set XlperfFollow = target.Names
        Case "Worksheets"
            Set XlperfFollow = target.Worksheets
        Case "Item"
            Set XlperfFollow = target.Item(which)
        Case Else
            Err.Raise 5
    End Select
End Function

Private Function XlperfGet(ByVal target As Object, ByVal member As String) As Variant
    Select Case member
        Case "Address"
            XlperfGet = target.Address
        Case "Value2"
            XlperfGet = target.Value2
        Case "Formula"
            XlperfGet = target.Formula
        Case "NumberFormat"
            XlperfGet = target.NumberFormat
        Case "MergeCells"
            XlperfGet = target.MergeCells
        Case "Color"
            XlperfGet = target.Color
        Case "ColorIndex"
            XlperfGet = target.ColorIndex
        Case "Count"
            XlperfGet = target.Count
        Case "Name"
            XlperfGet = target.Name
        Case "RefersTo"
            XlperfGet = target.RefersTo
        Case "Visible"
            XlperfGet = target.Visible
        Case Else
            Err.Raise 5
    End Select
End Function

Private Sub XlperfPut(ByVal target As Object, ByVal member As String, ByVal value As Variant)
    Select Case member
        Case "Color"
            target.Color = value
        Case "ColorIndex"
            target.ColorIndex = value
        Case "ColumnWidth"
            target.ColumnWidth = value
        Case "Style"
            target.Style = value
        Case "Value2"
            target.Value2 = value
        Case Else
            Err.Raise 5
    End Select
End Sub

Private Function XlperfCall(ByVal target As Object, ByVal member As String, ByVal first As Variant, ByVal second As Variant) As Variant
    Select Case member
        Case "Add"
            target.Add first, second
        Case "AddComment"
            target.AddComment first
        Case "ClearComments"
            target.ClearComments
        Case "Delete"
            target.Delete
        Case "Merge"
            target.Merge
        Case "Text"
            XlperfCall = target.Text
        Case Else
            Err.Raise 5
    End Select
End Function

' Give an answer: a single value, or what is not blank in a rectangle, row by row.
Private Sub XlperfTell(ByVal value As Variant)
    Dim row As Long
    Dim column As Long
    Dim before As Long
    Dim signs As Long
    Dim start As Long
    Dim one As Variant
    If Not IsArray(value) Then
        XlperfSay ALONE
        XlperfSay value
        Exit Sub
    End If
    XlperfSay UBound(value, 2) - LBound(value, 2) + 1
    XlperfSay UBound(value, 1) - LBound(value, 1) + 1
    start = mCount
    XlperfSay 0
    For row = LBound(value, 1) To UBound(value, 1)
        before = (row - LBound(value, 1)) * (UBound(value, 2) - LBound(value, 2) + 1) - LBound(value, 2)
        For column = LBound(value, 2) To UBound(value, 2)
            If Not IsEmpty(value(row, column)) Then
                one = value(row, column)
                signs = 1
                If VarType(one) = vbString Then signs = Len(one)
                If signs > 0 Then
                    If mCount >= UBound(mSaid) Then XlperfGrow
                    mSaid(mCount) = before + column
                    mSaid(mCount + 1) = one
                    mCount = mCount + 2
                    If VarType(one) = vbString Then mSigns = mSigns + signs
                End If
            End If
        Next column
    Next row
    mSaid(start) = (mCount - start - 1) \ 2
End Sub

Private Sub XlperfSay(ByVal value As Variant)
    If mCount > UBound(mSaid) Then XlperfGrow
    mSaid(mCount) = value
    mCount = mCount + 1
    If VarType(value) = vbString Then mSigns = mSigns + Len(value)
End Sub

Private Sub XlperfGrow()
    ReDim Preserve mSaid(0 To 2 * mCount)
End Sub
