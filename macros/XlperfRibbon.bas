Attribute VB_Name = "XlperfRibbon"
Option Explicit
' What the controls of customUI14.xml call. Nothing that stands in a workbook ever becomes part of a
' command.

Private Const PYTHON_FAILED As Long = -1 ' what RunPython gives back where Python ended with an error
Private Const WAITING As Long = 2        ' xlWait
Private Const USUAL As Long = -4143      ' xlDefault

Private mRibbon As IRibbonUI
Private mEvents As XlperfEvents

Public Sub XlperfOnLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
    Set mEvents = New XlperfEvents
    mEvents.Watch Application
End Sub

' Ask every control again whether it is enabled: another workbook is active now.
Public Sub XlperfRefresh()
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub

Public Sub XlperfGetLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlperfWord(control.ID & ".label")
End Sub

Public Sub XlperfGetScreentip(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlperfWord(control.ID & ".screentip")
End Sub

Public Sub XlperfGetSupertip(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlperfWord(control.ID & ".supertip")
End Sub

Public Sub XlperfGetEnabled(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlperfIsEnabled(control.Tag)
End Sub

' The one door of all buttons: a fixed Python command with the control's own id, which stands in the
' ribbon's XML. Whatever happens, Excel's status bar and cursor come back, and an error is a sentence.
Public Sub XlperfOnAction(control As IRibbonControl)
    Dim outcome As Variant
    Dim before As Variant
    Dim why As String
    On Error GoTo failed
    If Not XlperfReady() Then Exit Sub
    before = XlperfBusy()
    XlperfChooseWay
again:
    outcome = RunPython("import xlperf.live.ribbon as r; r.click('" & control.ID & "')")
    XlperfIdle before
    If outcome = PYTHON_FAILED Then XlperfTellUser XlperfSentence("failed", XlperfFailure())
    Exit Sub
failed:
    why = Err.Number & " " & Err.Description
    Resume refused
refused:
    ' only where the helper was not reached: xlwings answers an error of the action itself by -1
    If XlperfLeaveHelper() Then GoTo again
    On Error GoTo 0
    XlperfIdle before
    XlperfTellUser XlperfSentence("not_started", why)
End Sub

' Show that something is being done; what the status bar said before.
Private Function XlperfBusy() As Variant
    XlperfBusy = Application.StatusBar
    Application.StatusBar = XlperfWord("busy.label")
    Application.Cursor = WAITING
End Function

Private Sub XlperfIdle(ByVal before As Variant)
    On Error Resume Next
    Application.Cursor = USUAL
    If VarType(before) = vbString Then
        Application.StatusBar = before
    Else
        Application.StatusBar = False
    End If
    On Error GoTo 0
End Sub
