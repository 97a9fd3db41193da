"""How often garbage is looked for, in processes of their own."""

import gc
import subprocess
import sys

from simulator.cli.running import pool

SEEN = "import gc; print(gc.get_threshold()[0])"


def test_it_is_seldom() -> None:
    program = f"from simulator.cli.garbage import collect_seldom; collect_seldom(); {SEEN}"
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(seen) > 10 * gc.get_threshold()[0]


def test_it_begins_before_a_worker_imports_the_simulator() -> None:
    program = pool._command(0)[-1]
    assert program.index("collect_seldom()") < program.index("running.worker")
