"""The notebooks of the project, run as a reader would run them. `python -m tests.notebooks` renews their outputs."""
