"""What the command does without is not imported."""

import subprocess
import sys


def test_httpx_comes_without_its_command_line() -> None:
    program = """
import sys
from simulator.spared_imports import leave_out_command_lines
leave_out_command_lines()
import httpx
print(httpx.Client.__name__, sorted({"rich", "pygments", "click"} & set(sys.modules)))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "Client []\n"


def test_one_that_is_imported_already_stays() -> None:
    program = """
import httpx, httpx._main, sys
from simulator.spared_imports import leave_out_command_lines
leave_out_command_lines()
assert sys.modules["httpx._main"].main is httpx.main
"""
    subprocess.run([sys.executable, "-c", program], check=True)
