# Builds, tests, measures and publishes the mesh on Windows, with the packaged stack (--stack nuget, the only one here).
# Written for PowerShell 5.1 and later. Not run on Windows yet: build.sh is the one that is tried on every change.
#
#   .\build.ps1                      restore, build in Release, write the launcher artifacts\meshnode.cmd
#   .\build.ps1 demo                 build, then show two nodes that find, trust and watch each other
#   .\build.ps1 test [--filter F]    restore, build, format check, tests; ends with "N passed, N failed, N skipped"
#   .\build.ps1 soak [SECONDS]       build, then the long tests, and both profiles of charts against their references
#   .\build.ps1 fuzz [--count N] [--seed S] [--target T] [--minutes M]
#                                        build, then give every parser (or one) N bad inputs; findings are kept
#   .\build.ps1 bench [NAME...] [--json FILE]  build, measure all or the named things, print one table
#   .\build.ps1 format               mend the formatting
#   .\build.ps1 publish              a portable folder in artifacts\publish\meshnode (needs the .NET runtime to run)
#   .\build.ps1 clean                delete artifacts\
#   .\build.ps1 help                 this text
#
# --stack nuget may stand anywhere; build.sh has the other stack, which is not for Windows.

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0

$root = $PSScriptRoot
$solution = Join-Path $root 'Mesh.slnx'
$artifacts = Join-Path $root 'artifacts'
$results = Join-Path $artifacts 'test-results'

# Where the packaged stack is built; the other one has artifacts\ itself, which is no stack for Windows.
$output = Join-Path $artifacts 'nuget'

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:MSBUILDDISABLENODEREUSE = '1'

function Stop-WithMessage([string] $message, [int] $code = 1) {
  [Console]::Error.WriteLine("build.ps1: $message")
  exit $code
}

# The comment at the top of this file, from its first verb on.
function Show-Usage {
  @(Get-Content -LiteralPath $PSCommandPath) -match '^#   ' -replace '^#\s?', ''
}

# MSBuild reads properties from the environment, so that restore, build, test and format all see the same stack.
function Select-Stack([string] $asked) {
  if ($asked -and $asked -ne 'nuget') {
    Stop-WithMessage "there is no stack `"$asked`" on Windows: nuget"
  }

  $env:MeshStack = 'nuget'
  $reason = if ($asked) { 'asked for' } else { 'libzmq and libsodium are no system libraries on Windows' }
  [Console]::Error.WriteLine("build.ps1: stack nuget ($reason)")
}

# Takes --stack NAME or --stack=NAME out of the arguments, wherever it stands; the others stay in their order.
function Split-Arguments([string[]] $arguments) {
  $split = @{ stack = ''; rest = @() }
  for ($index = 0; $index -lt $arguments.Count; $index++) {
    if ($arguments[$index] -eq '--stack') {
      if (++$index -ge $arguments.Count) {
        Stop-WithMessage '--stack needs a value: nuget'
      }

      $split.stack = $arguments[$index]
    }
    elseif ($arguments[$index] -like '--stack=*') {
      $split.stack = $arguments[$index].Substring('--stack='.Length)
    }
    else {
      $split.rest += $arguments[$index]
    }
  }

  return $split
}

function Test-Sdk {
  $wanted = (Get-Content -Raw -LiteralPath (Join-Path $root 'global.json') | ConvertFrom-Json).sdk.version
  if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Stop-WithMessage "the .NET SDK $wanted is missing: install it from https://dot.net/download"
  }

  Push-Location $root
  try {
    # The redirection turns stderr lines into error records, which would stop the script under 'Stop'.
    $ErrorActionPreference = 'Continue'
    dotnet --version 2>&1 | Out-Null
    $found = $LASTEXITCODE -eq 0
  }
  finally {
    Pop-Location
  }

  if (-not $found) {
    Stop-WithMessage ("the .NET SDK $wanted or a later feature band of it is missing: " +
      'install it from https://dot.net/download')
  }
}

function Invoke-Dotnet {
  & dotnet $args
  if ($LASTEXITCODE -ne 0) {
    exit $LASTEXITCODE
  }
}

function Write-Launcher([string] $path, [string] $folder) {
  [IO.File]::WriteAllText($path, "@dotnet `"%~dp0${folder}meshnode.dll`" %*`r`n")
}

function Build-Solution {
  Test-Sdk
  Invoke-Dotnet restore $solution -v quiet
  Invoke-Dotnet build $solution -c Release --no-restore -v quiet
  Write-Launcher (Join-Path $artifacts 'meshnode.cmd') 'nuget\bin\Mesh.Node\release\'
}

function Get-Filter([string[]] $arguments) {
  if ($arguments.Count -eq 0) {
    return @()
  }

  if ($arguments.Count -eq 2 -and $arguments[0] -eq '--filter') {
    return @('--filter', $arguments[1])
  }

  Stop-WithMessage "test does not know `"$arguments`"; see .\build.ps1 help"
}

# Prints the skipped tests with their reasons and returns the sums of all result files.
function Read-Results {
  $sums = @{ passed = 0; failed = 0; skipped = 0 }
  foreach ($file in @(Get-ChildItem -Path (Join-Path $results '*.trx') -ErrorAction SilentlyContinue)) {
    $run = ([xml](Get-Content -Raw -Encoding UTF8 -LiteralPath $file.FullName)).DocumentElement
    $names = New-Object System.Xml.XmlNamespaceManager $run.OwnerDocument.NameTable
    $names.AddNamespace('t', $run.NamespaceURI)

    $counters = $run.SelectSingleNode('//t:Counters', $names)
    $executed = [int]$counters.GetAttribute('executed')
    $passed = [int]$counters.GetAttribute('passed')
    $sums.passed += $passed
    $sums.failed += $executed - $passed
    $sums.skipped += [int]$counters.GetAttribute('total') - $executed

    foreach ($result in @($run.SelectNodes("//t:UnitTestResult[@outcome='NotExecuted']", $names))) {
      $message = $result.SelectSingleNode('.//t:Message', $names)
      $reason = if ($message) { " ($($message.InnerText -replace '\s+', ' '))" } else { '' }
      Write-Host "skipped: $($result.GetAttribute('testName'))$reason"
    }
  }

  return $sums
}

function Invoke-Tests([string[]] $arguments) {
  $filter = @(Get-Filter $arguments)
  Build-Solution
  Invoke-Dotnet format $solution --verify-no-changes --no-restore

  if (Test-Path -LiteralPath $results) {
    Remove-Item -Recurse -Force -LiteralPath $results
  }

  $project = Join-Path $root 'Mesh.Tests\Mesh.Tests.csproj'
  & dotnet test $project -c Release --no-build --nologo --logger 'console;verbosity=minimal' --logger trx `
    --results-directory $results --blame-hang-timeout 120s --blame-hang-dump-type none $filter | Out-Host
  $outcome = $LASTEXITCODE

  $sums = Read-Results
  if ($sums.passed + $sums.failed -eq 0) {
    [Console]::Error.WriteLine('build.ps1: no test ran')
    $outcome = 1
  }
  elseif ($sums.failed -gt 0) {
    $outcome = 1
  }

  Write-Host "$($sums.passed) passed, $($sums.failed) failed, $($sums.skipped) skipped"
  if ($outcome -ne 0) {
    exit 1
  }
}

function Invoke-Soak([string[]] $arguments) {
  Build-Solution
  $long = @{
    MESH_SCXML_CHARTS = '10000'; MESH_SCXML_EVENTS = '200'; MESH_ORACLE_CASES = '10000'; MESH_ORACLE_EVENTS = '200'
    MESH_SOAK_SECONDS = if ($arguments.Count -gt 0) { $arguments[0] } else { '30' }
  }
  foreach ($name in $long.Keys) {
    if ($name -eq 'MESH_SOAK_SECONDS' -or -not [Environment]::GetEnvironmentVariable($name)) {
      [Environment]::SetEnvironmentVariable($name, $long[$name])
    }
  }

  & dotnet test (Join-Path $root 'Mesh.Tests\Mesh.Tests.csproj') -c Release --no-build --nologo `
    --logger 'console;verbosity=detailed' --filter 'TestCategory=Soak|FullyQualifiedName~AgainstOracle'
  exit $LASTEXITCODE
}

function Invoke-Fuzzing([string[]] $arguments) {
  Build-Solution
  & dotnet (Join-Path $output 'bin\Mesh.Tests\release\Mesh.Tests.dll') fuzz $arguments
  exit $LASTEXITCODE
}

function Invoke-Benchmarks([string[]] $arguments) {
  Build-Solution
  & dotnet (Join-Path $output 'bin\Mesh.Bench\release\Mesh.Bench.dll') $arguments
  exit $LASTEXITCODE
}

function Publish-Program {
  Test-Sdk
  $folder = Join-Path $artifacts 'publish\meshnode'
  if (Test-Path -LiteralPath $folder) {
    Remove-Item -Recurse -Force -LiteralPath $folder
  }

  Invoke-Dotnet publish (Join-Path $root 'Mesh.Node\Mesh.Node.csproj') -c Release -o $folder --no-self-contained `
    '-p:UseAppHost=false' -v quiet
  Write-Launcher (Join-Path $folder 'meshnode.cmd') ''
  Write-Host "published to $folder; start it with meshnode.cmd"
}

$split = Split-Arguments @($args | ForEach-Object { [string]$_ })
$verb = if ($split.rest.Count -gt 0) { $split.rest[0] } else { '' }
$rest = @($split.rest | Select-Object -Skip 1)
if ($verb -notin 'clean', 'help') {
  Select-Stack $split.stack
}

switch ($verb) {
  '' { Build-Solution; Write-Host "built; try: $artifacts\meshnode.cmd --help" }
  'test' { Invoke-Tests $rest }
  'demo' { Build-Solution; Invoke-Dotnet (Join-Path $output 'bin\Mesh.Node\release\meshnode.dll') demo }
  'soak' { Invoke-Soak $rest }
  'fuzz' { Invoke-Fuzzing $rest }
  'bench' { Invoke-Benchmarks $rest }
  'format' { Test-Sdk; Invoke-Dotnet restore $solution -v quiet; Invoke-Dotnet format $solution --no-restore }
  'publish' { Publish-Program }
  'clean' { if (Test-Path -LiteralPath $artifacts) { Remove-Item -Recurse -Force -LiteralPath $artifacts } }
  'help' { Show-Usage }
  default { Stop-WithMessage "unknown verb `"$verb`"; see .\build.ps1 help" 2 }
}
