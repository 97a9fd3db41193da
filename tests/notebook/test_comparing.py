"""Two runs beside each other in a cell."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.notebook.comparing import compare
from simulator.notebook.errors import Refused
from simulator.notebook.loading import Traffics, load_all
from simulator.notebook.running import run
from simulator.notebook.traffic import Traffic
from simulator.trace import Exchange
from tests.notebook.recorded import ATTACK, attack, attack_run
from tests.notebook.test_loading import keep
from tests.trace.examples import EXCHANGE, trace

REFUSED = replace(EXCHANGE, status=403, code="wrong_recipient")


def test_two_runs_with_one_seed_do_not_differ() -> None:
    found = compare(attack_run(), run(ATTACK))
    assert found.same
    assert len(found) == 0
    assert repr(found) == "no differences"
    assert "no difference" in found._repr_html_()


def test_what_differs_is_a_row_and_a_line() -> None:
    found = compare(trace(EXCHANGE), trace(REFUSED))
    assert not found.same
    rows = {row["field"]: (row["old"], row["new"]) for row in found.frame().to_dicts()}
    assert rows["status"] == ("200", "403")
    assert rows["code"] == ("", "wrong_recipient")
    assert "status: 200 -> 403" in repr(found)
    assert "wrong_recipient" in found._repr_html_()


def test_everything_that_has_traffic_can_be_compared(tmp_path: Path) -> None:
    kept = keep(attack().trace, tmp_path)
    for side in (
        attack_run(),
        attack(),
        attack().trace,
        Traffics((attack().trace,)),
        kept,
        str(tmp_path),
        load_all(tmp_path),
    ):
        assert compare(side, attack()).same
    with pytest.raises(Refused, match="comparing: can't read"):
        compare(attack(), tmp_path / "gone")


def test_one_scenario_is_not_named_in_each_line() -> None:
    shown = compare(trace(EXCHANGE), trace(REFUSED))._repr_html_()
    assert "b.example -&gt; a.example" in shown
    assert "joins/second-device" not in shown


def test_differences_that_are_alike_are_one_line() -> None:
    twice: list[Exchange] = [EXCHANGE, EXCHANGE]
    found = compare(trace(*twice), trace(*(replace(each, http_version="2") for each in twice)))
    assert len(found) == 2
    assert found._repr_html_().count("deliver_message #") == 1
    assert "2 times in joins/second-device" in found._repr_html_()


def test_only_and_show_choose_what_one_sees() -> None:
    found = compare(trace(EXCHANGE), trace(REFUSED))
    assert [change.field for change in found.only(field="status").changes] == ["status"]
    assert found.only(step="1 send", field="nothing").same
    assert f"and {len(found) - 1} more lines" in found.show(1)._repr_html_()


def test_texts_mean_only_themselves() -> None:
    found = compare(Traffic(trace(EXCHANGE)), Traffic(trace(replace(REFUSED, code="<script>"))))
    assert "<script>" not in found._repr_html_()
