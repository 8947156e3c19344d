@echo off
rem Sennit's command line. Needs a JDK 25, which it finds by itself, and nothing else.
setlocal
set "here=%~dp0"
set "jdk="
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try "%%~dp$PATH:j.."
for /d %%d in (
  "%ProgramFiles%\Eclipse Adoptium\jdk-25*"
  "%ProgramFiles%\Java\jdk-25*"
  "%ProgramFiles%\Microsoft\jdk-25*"
  "%ProgramFiles%\Zulu\zulu-25*"
  "%ProgramFiles%\Amazon Corretto\jdk25*"
  "%USERPROFILE%\.jdks\*25*"
) do call :try "%%~d"
if not defined jdk goto :missing

set "quick=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
if "%~1"=="run" set "quick=-XX:+UseSerialGC -Xmx1g"
if "%~1"=="import" set "quick=-XX:+UseSerialGC -Xmx1g"
if "%~1"=="verify" set "quick=-XX:+UseSerialGC -Xmx1g"
if "%~1"=="rehearse" set "quick=-XX:+UseParallelGC -XX:+UseCompactObjectHeaders"
"%jdk%\bin\java.exe" --enable-native-access=ALL-UNNAMED %quick% %SENNIT_JAVA_OPTS% -Xshare:auto -cp "%here%lib\*" io.sennit.app.Main %*
exit /b %ERRORLEVEL%

rem Takes the folder %1 when a Java 25 or later lives there and none was found before.
:try
if defined jdk exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
findstr /r "JAVA_VERSION=.2[5-9] JAVA_VERSION=.[3-9][0-9]" "%~1\release" >nul && set "jdk=%~1"
exit /b

:missing
>&2 echo There is no JDK 25 on this computer, or it is in an unusual place.
>&2 echo   anywhere   https://adoptium.net/temurin/releases/?version=25
>&2 echo   winget     winget install EclipseAdoptium.Temurin.25.JDK
>&2 echo If you have one, set JAVA_HOME to its folder and try again.
exit /b 3
