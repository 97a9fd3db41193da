"""How often garbage is looked for, in processes of their own."""

import gc
import subprocess
import sys

SEEN = "import gc; print(gc.get_threshold()[0])"


def test_it_is_seldom() -> None:
    program = f"from simulator.garbage import collect_seldom; collect_seldom(); {SEEN}"
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(seen) > 10 * gc.get_threshold()[0]


def test_workers_of_a_run_look_as_seldom_before_they_import_drafts() -> None:
    program = """
import sys
from simulator.sweep.engines.worker_process import get_ready
early = "simulator.drafts.registry" not in sys.modules
get_ready([])
import gc; print(early, gc.get_threshold()[0])
"""
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stderr
    early, often = seen.split()
    assert early == "True"
    assert int(often) > 10 * gc.get_threshold()[0]
