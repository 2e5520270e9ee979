@echo off
rem Starts Hardmine on Windows: in the unpacked distribution (jars in lib\) and, the same file, in a source tree
rem after `mvn package`. What each setting is for: see bin/hardmine. HARDMINE_OPTS holds further options for the JVM.
setlocal
for %%i in ("%~dp0..") do set "ROOT=%%~fi"

set "JAVA="
if defined JAVA_HOME call :try "%JAVA_HOME%\bin\java.exe"
if not defined JAVA call :try java
if not defined JAVA goto nojava

if exist "%ROOT%\lib\" goto distribution
if exist "%ROOT%\detector-cli\target\classpath" goto tree
echo hardmine: not built yet. In "%ROOT%" run: mvn -q -B -DskipTests package>&2
exit /b 1

:distribution
set CLASSES=-cp "%ROOT%\lib\*"
goto threads

:tree
set CLASSES="@%ROOT%\detector-cli\target\classpath"

:threads
if defined OMP_NUM_THREADS goto openblas
for /f %%i in ('powershell -NoProfile -Command "(Get-CimInstance Win32_Processor | Measure-Object -Sum NumberOfCores).Sum" 2^>nul') do set "OMP_NUM_THREADS=%%i"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=%NUMBER_OF_PROCESSORS%"

:openblas
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OPENCV_IO_MAX_IMAGE_PIXELS set "OPENCV_IO_MAX_IMAGE_PIXELS=134217728"

"%JAVA%" -XX:MaxRAMPercentage=20 -Dorg.bytedeco.javacpp.maxbytes=350%% -Dorg.bytedeco.javacpp.maxphysicalbytes=450%% -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto --enable-native-access=ALL-UNNAMED -Djdk.console=java.base -Djava.awt.headless=true -Dfile.encoding=UTF-8 %HARDMINE_OPTS% %CLASSES% io.hardmine.cli.Hardmine %*
exit /b %ERRORLEVEL%

:nojava
echo hardmine: Java 17 or newer is needed and was not found, neither in JAVA_HOME nor on the PATH.>&2
echo Install a JDK, or set JAVA_HOME to one.>&2
exit /b 1

:try
for /f "tokens=3" %%v in ('call "%~1" -version 2^>^&1 ^| findstr version') do (
  for /f "delims=.-+ tokens=1" %%m in ("%%~v") do if %%m geq 17 set "JAVA=%~1"
)
exit /b 0
