# Builds Poolkey's installer and an archive without one into target/packages. On Windows, with WiX 3.
#
# Signed where WINDOWS_CERTIFICATE (base64 of a .pfx) and WINDOWS_CERTIFICATE_PASSWORD are set, else not.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location "$PSScriptRoot/../.."

$version = ((Select-String -Path Cargo.toml -Pattern '^version = "(.*)"$').Matches[0].Groups[1].Value)
$triple = ((rustc --version --verbose | Select-String '^host: (.*)$').Matches[0].Groups[1].Value)
$arch = $triple.Split('-')[0]
$platform = if ($arch -eq 'aarch64') { 'arm64' } else { 'x64' }
$target = if ($env:CARGO_TARGET_DIR) { $env:CARGO_TARGET_DIR } else { 'target' }
$out = "$target/packages"
$name = "poolkey-$version-windows-$arch"
$files = "$out/$name"
New-Item -ItemType Directory -Force $files | Out-Null

bash packaging/tools cargo-auditable cargo-cyclonedx
$env:PATH = "$PWD/target/package-tools/bin;$env:PATH"
cargo auditable build --locked --bin poolkey --profile dist
Copy-Item "$target/dist/poolkey.exe", assets/icons/poolkey.ico, LICENSE-MIT, LICENSE-APACHE $files
& "$files/poolkey.exe" completions powershell | Set-Content "$files/poolkey-completions.ps1"
python packaging/licenses $triple | Set-Content "$files/third-party-licenses.txt"

$certificate = $null
if ($env:WINDOWS_CERTIFICATE) {
    $certificate = Join-Path ([IO.Path]::GetTempPath()) "$([guid]::NewGuid()).pfx"
    [IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
}
function Set-Signature($file) {
    if (-not $certificate) { Write-Warning "not signed: $file"; return }
    $kits = "${env:ProgramFiles(x86)}/Windows Kits/10/bin"
    $signtool = Get-ChildItem "$kits/*/x64/signtool.exe" | Sort-Object FullName | Select-Object -Last 1
    & $signtool sign /fd SHA256 /td SHA256 /tr http://timestamp.digicert.com /f $certificate /p $env:WINDOWS_CERTIFICATE_PASSWORD $file
}

try {
    Set-Signature "$files/poolkey.exe"
    $wix = if ($env:WIX) { "${env:WIX}bin" } else { "${env:ProgramFiles(x86)}/WiX Toolset v3.14/bin" }
    & "$wix/candle.exe" -nologo -arch $platform "-dVersion=$version" "-dBinary=$files/poolkey.exe" "-dFiles=$files" `
        -out "$out/poolkey.wixobj" packaging/windows/poolkey.wxs
    & "$wix/light.exe" -nologo -spdb -out "$out/$name.msi" "$out/poolkey.wixobj"
    Set-Signature "$out/$name.msi"
} finally {
    if ($certificate) { Remove-Item $certificate }
}
Compress-Archive -Force -Path $files -DestinationPath "$out/$name.zip"

cargo cyclonedx --quiet --format json --target $triple --override-filename poolkey-parts
Move-Item -Force poolkey-parts.json "$out/$name.cdx.json"
