"""What commands share that run many scenarios for a table."""

import pytest
import typer

from simulator.cli.exits import Exit
from simulator.cli.running.engine_choice import engine_of
from simulator.cli.running.many_runs import check_runs, under_a_bar
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import Interrupted
from simulator.errors import SimulatorError
from tests.scenario.small_scenarios import TOPOLOGY, scenario


def test_a_port_is_one_run_s_alone() -> None:
    one = scenario("  []\n", TOPOLOGY.replace("a.example: {", "a.example: {port: 4001, "))
    check_runs((one,), None)
    with pytest.raises(SimulatorError, match=r"-j: a\.example serves at port 4001 in test: leave -j out"):
        check_runs((one,), engine_of(2))


def test_who_interrupts_the_runs_is_told_how_many_there_were(capsys: pytest.CaptureFixture[str]) -> None:
    async def stops(bar: Bar) -> None:
        raise Interrupted

    with pytest.raises(typer.Exit) as ended:
        under_a_bar(stops)
    assert ended.value.exit_code == Exit.interrupted
    assert capsys.readouterr().err == "interrupted: 0 runs had ended\n"


def test_what_comes_of_the_runs_is_handed_on() -> None:
    async def runs(bar: Bar) -> int:
        return bar.runs

    assert under_a_bar(runs) == 0
