@rem Any command of checkin with the settings of C:\ProgramData\checkin\settings.txt: checkin doctor
@"%~dp0..\..\.venv\Scripts\python.exe" "%~dp0run.py" %*
