Attribute VB_Name = "XlperfWords"
Option Explicit
' The words of the ribbon, in the language of Excel. They stand on a hidden sheet, put there from
' xlperf/wording when the add-in is built: VBA source itself cannot hold Chinese safely.

Private Const LANGUAGE_OF_MENUS As Long = 2   ' msoLanguageIDUI
Private Const PRIMARY_LANGUAGE As Long = 1023 ' the low ten bits of a language's number
Private Const CHINESE As Long = 4             ' of every kind of Chinese

' The words under a key, such as "validate_sheet.label".
Public Function XlperfWord(ByVal key As String) As String
    XlperfWord = XlperfLookUp("xlperf.words", key, XlperfLanguageColumn(XlperfLanguage()))
End Function

' The number of Excel's own language, unless XLPERF_LANG names one.
Public Function XlperfLanguage() As Long
    If LCase(Left(Environ("XLPERF_LANG"), 2)) = "zh" Then XlperfLanguage = CHINESE
    If LCase(Left(Environ("XLPERF_LANG"), 2)) = "en" Then XlperfLanguage = 9
    If XlperfLanguage <> 0 Then Exit Function
    On Error Resume Next
    XlperfLanguage = Application.LanguageSettings.LanguageID(LANGUAGE_OF_MENUS)
    On Error GoTo 0
End Function

' Where the words of a language stand: Chinese in column 2, English, for everyone else, in 3.
Public Function XlperfLanguageColumn(ByVal language As Long) As Long
    If (language And PRIMARY_LANGUAGE) = CHINESE Then
        XlperfLanguageColumn = 2
    Else
        XlperfLanguageColumn = 3
    End If
End Function
