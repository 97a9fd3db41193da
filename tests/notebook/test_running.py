"""Scenarios run from a cell: found, run beside an event loop, shown, interrupted."""

import asyncio
import signal
import sys
import threading
import traceback
from pathlib import Path

import pytest

from simulator.cli.draft_copies import copy_draft
from simulator.drafts import DRAFTS
from simulator.notebook import Federation, compare
from simulator.notebook.errors import Refused
from simulator.notebook.running import run
from simulator.trace import ProtocolEvent
from tests.notebook.recorded import ATTACK, attack_run
from tests.own_drafts import forgotten, package

TEXT = """
name: A group
description: Somebody creates a group.
topology: {generate: {providers: 2, users: "${users}"}}
parameters: {users: 1}
steps:
  - create_group: p1-u1
"""
FAILS = f"{TEXT}    expect: {{error: unknown_group}}\n"


def test_a_shipped_scenario_runs_with_all_of_its_traffic() -> None:
    ran = attack_run()
    assert ran.passed
    assert ran.traffic.trace.result == "passed"
    assert ran.result.exchanges == len(ran.traffic.trace.exchanges) > 10
    assert "passed" in repr(ran)
    assert "wrong_recipient" in repr(ran.traffic.during("forward").diagram())


def test_it_runs_in_a_draft_of_ones_own_which_is_known_from_then_on(tmp_path: Path) -> None:
    with forgotten():
        folder = package(tmp_path, "own_of_a_cell")
        ran = run(TEXT, draft=folder)
        assert (ran.passed, ran.traffic.trace.header.draft) == (True, "own_of_a_cell")
        with Federation({"a.example": {"alice": ["phone"]}}, draft=folder) as federation:
            assert federation.trace.header.draft == run(TEXT, draft="own_of_a_cell").traffic.trace.header.draft
        with pytest.raises(Refused, match="this is not for that draft: the file is for mimi-transport-00"):
            run(TEXT.replace("topology", "drafts: mimi-transport-00\ntopology"), draft=folder)
    with pytest.raises(Refused, match='reading the scenario: unknown draft "own_of_a_cell"'):
        run(TEXT, draft="own_of_a_cell")


def test_an_edited_draft_takes_the_place_of_the_one_from_before(tmp_path: Path) -> None:
    with forgotten():
        folder = tmp_path / "edited_in_a_cell"
        copy_draft(DRAFTS[0], folder)
        before = run(ATTACK, draft=folder)
        edit(folder / "messages" / "queueing.py", '= "QueueingServiceRequestTBS"', '= "FanoutRequest"')
        found = compare(before, run(ATTACK, draft=folder))
        assert found.layout == (
            'QueueingServiceRequestTBS: signature label "QueueingServiceRequestTBS" -> "FanoutRequest"',
        )
        assert len(found) == 0


def test_a_federation_goes_on_with_the_draft_that_it_was_started_with(tmp_path: Path) -> None:
    users = {"a.example": {"alice": ["phone"]}, "b.example": {"bob": ["phone"]}}
    with forgotten():
        folder = tmp_path / "edited_meanwhile"
        copy_draft(DRAFTS[0], folder)
        with Federation(users, draft=folder) as old:
            edit(folder / "rules" / "recipient.py", 'part="OWN-NAME"', 'part="OURS"')
            with Federation(users, draft=folder) as new:
                for each in (old, new):
                    each.client("alice").connect("bob")
                found = compare(old.traffic, new.traffic)
        assert found.layout == ("rule dropped: T-SECURITY-RECIPIENT/OWN-NAME", "rule added: T-SECURITY-RECIPIENT/OURS")
        assert len(found) == 0


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_rules_are_waived_and_the_traffic_says_what_would_have_been_refused() -> None:
    ran = run(ATTACK, waive="T-SECURITY-RECIPIENT")
    assert not ran.passed
    found = {each.rules for each in ran.traffic.trace.of(ProtocolEvent) if each.kind == "Waived"}
    assert found == {("T-SECURITY-RECIPIENT/OWN-NAME", "T-SECURITY-RECIPIENT")}
    with pytest.raises(Refused, match=r'reading the scenario: .*did you mean "T-SECURITY-RECIPIENT"'):
        run(TEXT, waive=["T-SECURITY-RECIPENT"])


def test_it_runs_where_an_event_loop_is_running() -> None:
    async def cell() -> bool:
        return run(TEXT).passed

    assert asyncio.run(cell())


def test_a_text_is_a_scenario_too_with_its_parameters() -> None:
    ran = run(TEXT, seed=9, users=3)
    assert ran.result.scenario.id == "cell"
    assert ran.traffic.trace.header.seed == 9
    assert [len(provider.clients) for provider in ran.traffic.trace.header.providers] == [3, 3]


def test_a_file_is_looked_for_in_the_folders_above(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    ran = run("scenarios/operations/create-group.yaml")
    assert ran.result.scenario.id == "scenarios/operations/create-group[draft=mimi-transport-00]"
    assert ran.passed


def test_what_is_not_there_is_refused_with_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    with pytest.raises(Refused, match=r'did you mean "create-group\.yaml"'):
        run("scenarios/operations/create-grop.yaml")
    with pytest.raises(Refused, match=r'no scenario here has a parameter "user".*"users"'):
        run(TEXT, user=3)
    with pytest.raises(Refused, match="cell:8:"):
        run(f"{TEXT}  - creat_group: p1-u1\n")


def test_a_failure_says_what_was_expected_and_what_happened() -> None:
    ran = run(FAILS)
    assert not ran.passed
    assert repr(ran).splitlines() == ["failed cell", "line 7, create_group error unknown_group it succeeded"]
    assert "it succeeded" in ran._repr_html_()
    assert ran.traffic.trace.result == "failed"


def test_a_pass_shows_what_went_over_the_wire() -> None:
    shown = attack_run()._repr_html_()
    assert "m.example → c.example" in shown
    assert "expected" not in shown


def test_an_interrupt_leaves_nothing_running() -> None:
    def others() -> list[threading.Thread]:
        return [each for each in threading.enumerate() if each.name == "simulator"]

    def interrupt() -> None:
        """As soon as one sees it in the midst of the scenario."""
        while not others():
            pass
        while others():
            frame = sys._current_frames().get(others()[0].ident or 0)
            if frame is not None and "run_scenario" in {each.f_code.co_name for each, _ in traceback.walk_stack(frame)}:
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
                return

    assert others() == []
    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    with pytest.raises(KeyboardInterrupt):
        run(ATTACK)
    interrupter.join()
    assert others() == []
