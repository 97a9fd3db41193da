"""`sweep --html`."""

from pathlib import Path

import trio

from simulator.cli.running.sweep_page import write_page
from simulator.sweep.engines import InProcess
from simulator.sweep.identity import identity
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep
from tests.sweep.small import FAILING, planned


def test_a_page_and_beside_it_the_trace_of_what_failed_first(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..2", FAILING)
    trio.run(sweep, plan, Results(tmp_path / "out", identity(plan)), InProcess())
    assert write_page(tmp_path / "out", tmp_path / "page.html", []) == 1
    (trace,) = (tmp_path / "page-traces").iterdir()
    assert f'href="page-traces/{trace.name}"' in (tmp_path / "page.html").read_text()
    assert "<!doctype html>" in trace.read_text()
