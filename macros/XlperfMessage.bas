Attribute VB_Name = "XlperfMessage"
Option Explicit
' What the add-in itself says, where Python cannot: Python that does not start, a name that cannot be used.
' MsgBox knows only the signs of the machine's own code page, so that Chinese would be question marks on
' a Windows of another language; the box of Windows Script Host knows all.

Private Const WARNING_ON_TOP As Long = 4144 ' an exclamation mark (48), before all windows (4096)

Private mFailure As String

Public Sub XlperfTellUser(ByVal sentence As String)
    Dim host As Object
    On Error GoTo plain
    Set host = CreateObject("WScript.Shell")
    host.Popup sentence, 0, XlperfWord("tab.label"), WARNING_ON_TOP
    Exit Sub
plain:
    MsgBox sentence, vbExclamation, XlperfWord("tab.label")
End Sub

' A sentence of the ribbon's words with its reason.
Public Function XlperfSentence(ByVal key As String, ByVal why As String) As String
    XlperfSentence = Replace(XlperfWord(key & ".label"), "{why}", why)
End Function

' What Python said before it ended with an error, kept for the sentence at the end of the click.
Public Sub XlperfKeepFailure(ByVal said As String)
    mFailure = said
End Sub

' The last line of that, which says what went wrong.
Public Function XlperfFailure() As String
    Dim lines As Variant
    Dim i As Long
    lines = Split(Replace(mFailure, vbCr, ""), vbLf)
    For i = LBound(lines) To UBound(lines)
        If Trim(lines(i)) <> "" Then XlperfFailure = Trim(lines(i))
    Next i
    mFailure = ""
End Function
