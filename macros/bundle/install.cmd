@echo off
rem Double-click me. No admin rights are needed; what is said stands in install.ps1.
setlocal
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1"
set result=%errorlevel%
pause
exit /b %result%
