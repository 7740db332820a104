Attribute VB_Name = "XlperfRibbon"
Option Explicit
' What the controls of customUI14.xml call. A button runs one fixed Python command; nothing that
' stands in a workbook ever becomes part of a command.

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

Public Sub XlperfValidateSheet(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.validate_sheet()"
End Sub

Public Sub XlperfValidateWorkbook(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.validate_workbook()"
End Sub

Public Sub XlperfPreviousFinding(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.previous_finding()"
End Sub

Public Sub XlperfNextFinding(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.next_finding()"
End Sub

Public Sub XlperfClearMarks(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.clear_marks()"
End Sub

Public Sub XlperfFixSafe(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.fix_safe()"
End Sub

Public Sub XlperfAddProject(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.add_project()"
End Sub

Public Sub XlperfImportDocument(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.import_document()"
End Sub

Public Sub XlperfRefreshSummary(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.refresh_summary()"
End Sub

Public Sub XlperfRollupFolder(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.rollup_folder()"
End Sub

Public Sub XlperfPublishWord(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.publish_word()"
End Sub

Public Sub XlperfExportRecord(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.export_record()"
End Sub

Public Sub XlperfAbout(control As IRibbonControl)
    If XlperfReady() Then RunPython "import xlperf.live.ribbon as r; r.about()"
End Sub
