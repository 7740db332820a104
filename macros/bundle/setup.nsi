; The setup for Windows, made on any system by makensis: for one user without admin rights, or for all.
;   setup.exe /S                    silent, for this user
;   setup.exe /S /AllUsers          silent, for everybody on this computer (as administrator)
;   setup.exe /S /D=C:\a folder     silent, into another folder (last, without quotes)
; It ends with 0 when done, 2 when not. Words between two at signs stand for sentences of xlperf/wording/*/bundle.toml.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "xlperf"
!define MULTIUSER_USE_PROGRAMFILES64
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\xlperf"
!define EXCEL "Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "@setup_name@"
OutFile "${OUTPUT}"
BrandingText "xlperf ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "xlperf"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "@setup_name@"
VIAddVersionKey LegalCopyright "MIT"
ShowInstDetails show

!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "@setup_language@"

Var StartFolder ; where Excel of this computer looks for add-ins, for all users; empty for one

Function .onInit
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

!macro FindStartFolder
  StrCpy $StartFolder ""
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetRegView 64
    ReadRegStr $0 HKLM "${EXCEL}" "Path"
    ${If} $0 != ""
      StrCpy $StartFolder "$0XLSTART"
    ${EndIf}
  ${EndIf}
!macroend

Section "xlperf"
  ; a folder of somebody else's is not taken: it is removed when xlperf is
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\SHA256SUMS"
    MessageBox MB_ICONSTOP|MB_OK "@setup_not_empty@" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\wheels"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*"
  !insertmacro FindStartFolder
  DetailPrint "@installing@"
  ${If} $StartFolder == ""
    nsExec::ExecToLog '"$INSTDIR\python\python.exe" "$INSTDIR\install.py"'
  ${Else}
    nsExec::ExecToLog '"$INSTDIR\python\python.exe" "$INSTDIR\install.py" --to "$StartFolder"'
  ${EndIf}
  Pop $0
  ${If} $0 != 0
    MessageBox MB_ICONSTOP|MB_OK "@setup_failed@" /SD IDOK
    SetErrorLevel 2
    Abort "@setup_failed@"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "@setup_name@"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "xlperf"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"
  CreateDirectory "$SMPROGRAMS\xlperf"
  CreateShortcut "$SMPROGRAMS\xlperf\@setup_helper@.lnk" "$INSTDIR\python\python.exe" "-m xlperf serve"
SectionEnd

Section "Uninstall"
  !insertmacro FindStartFolder
  ${If} $StartFolder == ""
    nsExec::ExecToLog '"$INSTDIR\python\python.exe" -m xlperf addin uninstall'
  ${Else}
    nsExec::ExecToLog '"$INSTDIR\python\python.exe" -m xlperf addin uninstall --to "$StartFolder"'
  ${EndIf}
  Pop $0
  Delete "$SMPROGRAMS\xlperf\@setup_helper@.lnk"
  RMDir "$SMPROGRAMS\xlperf"
  DeleteRegKey SHCTX "${UNINSTALL}"
  ; only what was put there: what people keep in the folder stays
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\wheels"
  RMDir /r "$INSTDIR\addin"
  !include "${REMOVED}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
