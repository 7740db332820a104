Attribute VB_Name = "XlperfBook"
Option Explicit
' What the buttons ask about the workbook that is open and about the Python that answers them.

' The hidden sheet that makes a workbook one of xlperf's.
Private Const MANIFEST As String = "_xlperf"

' The note that a running helper keeps beside the log.
Private Const HELPER As String = "serving.json"

' What a shell takes for more than a sign of a name, and "=" and "|", at which xlwings divides what it
' is given: the active workbook's name goes into the command that starts Python.
Private Const UNSAFE As String = """^&%$`=|"

' Whether a control with this tag is enabled now.
Public Function XlperfIsEnabled(ByVal tag As String) As Boolean
    If tag = "always" Then
        XlperfIsEnabled = True
    Else
        XlperfIsEnabled = XlperfIsMaster(ActiveWorkbook)
    End If
End Function

' Whether a workbook is one of xlperf's.
Public Function XlperfIsMaster(ByVal book As Object) As Boolean
    Dim i As Long
    If book Is Nothing Then Exit Function
    For i = 1 To book.Worksheets.Count
        If book.Worksheets(i).Name = MANIFEST Then XlperfIsMaster = True
    Next i
End Function

' Whether Python can be called: it is where the installer said, some workbook is active
' (RunPython needs one; where none is, as on Excel's start page, an empty one is opened), and its name
' can be put into a command.
Public Function XlperfReady() As Boolean
    Dim sign As String
    If Not XlperfHasPython(XlperfSetting("INTERPRETER_WIN")) Then
        XlperfTellUser XlperfWord("no_python.label")
        Exit Function
    End If
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    sign = XlperfUnsafeSign(ActiveWorkbook.Name)
    If sign <> "" Then
        XlperfTellUser Replace(Replace(XlperfWord("unsafe_name.label"), "{file}", ActiveWorkbook.Name), "{sign}", sign)
        Exit Function
    End If
    XlperfReady = True
End Function

' The first sign of a name that no command may hold; empty if there is none.
Public Function XlperfUnsafeSign(ByVal name As String) As String
    Dim sign As String
    Dim i As Long
    For i = 1 To Len(name)
        sign = Mid(name, i, 1)
        If InStr(UNSAFE, sign) > 0 Or (AscW(sign) >= 0 And AscW(sign) < 32) Then
            XlperfUnsafeSign = sign
            Exit Function
        End If
    Next i
End Function

' Whether the interpreter exists; a name without a folder is looked for by Windows itself, and
' on a Mac, where this setting is empty, by xlwings.
Public Function XlperfHasPython(ByVal path As String) As Boolean
    If InStr(path, "\") = 0 And InStr(path, "/") = 0 Then
        XlperfHasPython = True
        Exit Function
    End If
    On Error Resume Next
    XlperfHasPython = (Len(Dir(path)) > 0)
    On Error GoTo 0
End Function

' Where the user has started a helper (xlperf serve), let xlwings call it instead of starting a
' Python: its settings for a server that runs already. Looked for anew at every click.
Public Sub XlperfChooseWay()
    XlperfUseHelper XlperfHelperRuns()
End Sub

' Stop calling a helper that does not answer; whether one was called.
Public Function XlperfLeaveHelper() As Boolean
    XlperfLeaveHelper = (XlperfSetting("DEBUG UDFS") = "True")
    If XlperfLeaveHelper Then XlperfUseHelper False
End Function

' Whether a helper has left its note.
Public Function XlperfHelperRuns() As Boolean
    Dim folder As String
    folder = Environ("LOCALAPPDATA")
    If folder = "" Then Exit Function
    On Error Resume Next
    XlperfHelperRuns = (Len(Dir(folder & Application.PathSeparator & "xlperf" & Application.PathSeparator & HELPER)) > 0)
    On Error GoTo 0
End Function

Private Sub XlperfUseHelper(ByVal wanted As Boolean)
    Dim word As String
    word = "False"
    If wanted Then word = "True"
    If XlperfSetting("DEBUG UDFS") = word Then Exit Sub
    XlperfSet "USE UDF SERVER", word
    XlperfSet "DEBUG UDFS", word
    ThisWorkbook.Saved = True
End Sub

' Put an answer onto the add-in's own settings sheet, as a text.
Private Sub XlperfSet(ByVal key As String, ByVal answer As String)
    Dim page As Object
    Dim i As Long
    Set page = ThisWorkbook.Worksheets("xlperf.conf")
    i = 1
    Do While page.Cells(i, 1).Value <> ""
        If page.Cells(i, 1).Value = key Then
            page.Cells(i, 2).NumberFormat = "@"
            page.Cells(i, 2).Value = answer
        End If
        i = i + 1
    Loop
End Sub

' A setting of the add-in's own settings sheet; empty if there is none.
Public Function XlperfSetting(ByVal key As String) As String
    XlperfSetting = XlperfLookUp("xlperf.conf", key, 2)
End Function

' The cell beside a key in the first column of one of the add-in's sheets.
Public Function XlperfLookUp(ByVal sheet As String, ByVal key As String, ByVal column As Long) As String
    Dim page As Object
    Dim i As Long
    Set page = ThisWorkbook.Worksheets(sheet)
    i = 1
    Do While page.Cells(i, 1).Value <> ""
        If page.Cells(i, 1).Value = key Then
            XlperfLookUp = page.Cells(i, column).Value
            Exit Do
        End If
        i = i + 1
    Loop
End Function
