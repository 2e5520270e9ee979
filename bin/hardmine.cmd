@echo off
rem Starts Hardmine on Windows: in the unpacked distribution (jars in lib\) and, the same file, in a source tree
rem after `mvn package`. What each setting is for: see bin/hardmine. HARDMINE_OPTS holds further options for the JVM.
setlocal
for %%i in ("%~dp0..") do set "ROOT=%%~fi"

set "JAVA="
set "VERSION="
if defined JAVA_HOME call :home "%JAVA_HOME%"
if not defined JAVA call :try java
if not defined JAVA goto nojava

rem commands that compute for long; in all others the JVM's second compiler begins later
set "LONG="
for %%c in (train evaluate experiment mine benchmark doctor) do if "%~1"=="%%c" set "LONG=yes"
set "COMPILER="
if not defined LONG set "COMPILER=-XX:Tier4InvocationThreshold=50000 -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"

rem the JVM's vector instructions where they are those of AVX2 (UseAVX is 3 with AVX-512), if this Java has the module
set "VECTORS="
if not defined LONG goto collector
for /f "tokens=4" %%v in ('call "%JAVA%" --add-modules jdk.incubator.vector -XX:+PrintFlagsFinal -version 2^>nul ^| find " UseAVX "') do if "%%v"=="2" set "VECTORS=--add-modules jdk.incubator.vector"

:collector
set "COLLECTOR=-XX:+UseSerialGC"
if not defined HARDMINE_OPTS goto classes
for %%g in (Serial Parallel G1 Z Shenandoah Epsilon) do call :chosen "-XX:+Use%%gGC"

:classes
set "ARCHIVE="
if exist "%ROOT%\lib\" goto distribution
if exist "%ROOT%\detector-cli\target\classpath" goto tree
echo hardmine: not built yet. In "%ROOT%" run: mvn -q -B -DskipTests package>&2
exit /b 1

:distribution
set CLASSES=-cp "%ROOT%\lib\*"
if %VERSION% geq 19 set ARCHIVE=-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%ROOT%\lib\hardmine.jsa"
goto threads

:tree
set CLASSES="@%ROOT%\detector-cli\target\classpath"
if exist "%ROOT%\detector-cli\target\hardmine.jsa" set ARCHIVE="-XX:SharedArchiveFile=%ROOT%\detector-cli\target\hardmine.jsa"

:threads
if defined OMP_NUM_THREADS goto openblas
for /f %%i in ('powershell -NoProfile -Command "(Get-CimInstance Win32_Processor | Measure-Object -Sum NumberOfCores).Sum" 2^>nul') do set "OMP_NUM_THREADS=%%i"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=%NUMBER_OF_PROCESSORS%"

:openblas
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OPENCV_IO_MAX_IMAGE_PIXELS set "OPENCV_IO_MAX_IMAGE_PIXELS=134217728"

"%JAVA%" -XX:MaxRAMPercentage=20 -Xms48m -XX:MaxNewSize=32m -Dorg.bytedeco.javacpp.maxbytes=350%% -Dorg.bytedeco.javacpp.maxphysicalbytes=450%% %COLLECTOR% %COMPILER% %VECTORS% -XX:-UsePerfData -Xshare:auto "-Xlog:cds*=off" --enable-native-access=ALL-UNNAMED -Djdk.console=java.base -Djava.awt.headless=true -Dfile.encoding=UTF-8 %HARDMINE_OPTS% %ARCHIVE% %CLASSES% io.hardmine.cli.Hardmine %*
exit /b %ERRORLEVEL%

:nojava
echo hardmine: Java 17 or newer is needed and was not found, neither in JAVA_HOME nor on the PATH.>&2
echo Install a JDK, or set JAVA_HOME to one.>&2
exit /b 1

rem leaves the collector to HARDMINE_OPTS if they name this one
:chosen
echo "%HARDMINE_OPTS:"=%"| find "%~1" >nul
if not errorlevel 1 set "COLLECTOR="
exit /b 0

rem a JDK's folder, whose file `release` tells the version without a start of the JVM
:home
if exist "%~1\release" for /f "usebackq tokens=1,2 delims==" %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" call :accept "%~1\bin\java.exe" %%b
if not defined VERSION call :try "%~1\bin\java.exe"
exit /b 0

:try
for /f "tokens=3" %%v in ('call "%~1" -version 2^>^&1 ^| find " version "') do call :accept "%~1" %%v
exit /b 0

rem takes this Java if its version is new enough
:accept
for /f "delims=.-+ tokens=1" %%m in ("%~2") do set "VERSION=%%m"
if %VERSION% geq 17 set "JAVA=%~1"
exit /b 0
