# Started by install.cmd. Verifies the bundle, unpacks its Python for this user, lets it install the rest.
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$base = Join-Path $env:LOCALAPPDATA 'xlperf'
$target = Join-Path $base 'python'
$old = Join-Path $base 'python.old'

function Stop-Because([string] $text) {
    Write-Host $text -ForegroundColor Red
    exit 2
}

Write-Host '@verifying@'
foreach ($line in [IO.File]::ReadAllLines((Join-Path $here 'SHA256SUMS'), [Text.Encoding]::UTF8)) {
    if ($line.Length -lt 67) { continue }
    $sum = $line.Substring(0, 64)
    $name = $line.Substring(66)
    $file = Join-Path $here $name.Replace('/', '\')
    if (-not (Test-Path -LiteralPath $file)) { Stop-Because ('@missing@'.Replace('{file}', $name)) }
    $found = (Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash.ToLower()
    if ($found -ne $sum) { Stop-Because ('@changed@'.Replace('{file}', $name)) }
}

$zips = @(Get-ChildItem -LiteralPath (Join-Path $here 'python') -Filter 'python-3*-embed-*.zip')
if ($zips.Count -ne 1) { Stop-Because '@no_python@' }

New-Item -ItemType Directory -Force -Path $base | Out-Null
try {
    if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Recurse -Force }
    if (Test-Path -LiteralPath $target) { Move-Item -LiteralPath $target -Destination $old }
} catch {
    Stop-Because '@in_use@'
}

$result = 2
try {
    Expand-Archive -LiteralPath $zips[0].FullName -DestinationPath $target
    & (Join-Path $target 'python.exe') (Join-Path $here 'install.py')
    $result = $LASTEXITCODE
} catch {
    Write-Host $_.Exception.Message -ForegroundColor Red
}
if ($result -ne 0) {
    if (Test-Path -LiteralPath $target) { Remove-Item -LiteralPath $target -Recurse -Force -ErrorAction SilentlyContinue }
    if (Test-Path -LiteralPath $old) { Move-Item -LiteralPath $old -Destination $target }
    Stop-Because '@failed@'
}
if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Recurse -Force -ErrorAction SilentlyContinue }
exit 0
