"""What is there before a worker is forked."""

import subprocess
import sys


def test_what_nearly_every_run_needs_is_imported_and_kept_from_the_garbage_collector() -> None:
    program = """
import gc, sys
import simulator.sweep.engines.preloaded
print("simulator.scenario.steps.withhold" in sys.modules, "simulator.drafts.mimi_transport_00" in sys.modules)
print(gc.get_freeze_count() > 10_000)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\nTrue\n"
