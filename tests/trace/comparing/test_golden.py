"""Golden traces: what is recorded verifies; what has changed is named, a profile's change by its field."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator import drafts
from simulator.drafts import mimi_transport_00, registry
from simulator.drafts.dissection import Dissector
from simulator.drafts.draft import Draft
from simulator.scenario import Result, load_file, run_scenario
from simulator.scenario.running.tracing import header
from simulator.trace import Recorder, Trace
from simulator.trace.comparing.golden import GoldenError, record, verify
from tests.scenario.small_scenarios import Silent, culprit
from tests.trace.examples import EXCHANGE, JOINED, trace

FILE = Path(__file__).parents[3] / "scenarios/fanout/guest-message.yaml"
DRAFT = trace().header.draft
PACKAGE = Path(mimi_transport_00.__file__).parent


def test_what_was_recorded_verifies(tmp_path: Path) -> None:
    size = record([trace(EXCHANGE, JOINED)], tmp_path)
    assert size == sum(file.stat().st_size for file in tmp_path.glob("*/*"))
    assert verify([trace(EXCHANGE, JOINED)], tmp_path, complete=True) == ()


def damages(text: str) -> Iterator[tuple[str, str]]:
    """The text with one line cut, doubled, emptied, gone or elsewhere, each way for each line, and what was done."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        words = line.split()
        ways = {
            "gone": [],
            "twice": [line, line],
            "empty": [""],
            "blank": ["    "],
            "first word": ["    " + words[0]],
            "last word": ["    " + words[-1]],
            "cut": [line[: len(line) // 2]],
            "no indent": [line.strip()],
            "more": [line + " x"],
        }
        for way, instead in ways.items():
            yield f"{place} {way}", "\n".join((*lines[:place], *instead, *lines[place + 1 :])) + "\n"
        for other in range(len(lines)):
            rest = [*lines[:place], *lines[place + 1 :]]
            yield f"{place} to {other}", "\n".join((*rest[:other], line, *rest[other:])) + "\n"
    yield "nothing", ""


def test_every_damage_to_a_line_is_a_difference_and_no_error(tmp_path: Path) -> None:
    played = trace(EXCHANGE, JOINED, replace(EXCHANGE, number=7, endpoint="consent", operation="add_users"))
    traces = [replace(played, header=replace(played.header, scenario="scenarios/joins/second-device"))]
    record(traces, tmp_path)
    file = tmp_path / DRAFT / "joins__second-device.txt"
    good = file.read_text()
    for what, text in damages(good):
        file.write_text(text)
        assert (verify(traces, tmp_path) == ()) is (text == good), what


def test_a_line_of_the_shapes_that_is_gone_is_a_difference(tmp_path: Path) -> None:
    record([trace(EXCHANGE)], tmp_path)
    file = tmp_path / DRAFT / "shapes.txt"
    file.write_text("")
    assert {change.where for change in verify([trace(EXCHANGE)], tmp_path)} <= {"shapes.txt"}


@pytest.mark.parametrize("name", ["shapes.txt", "joins__second-device.txt"])
def test_what_can_not_be_read_is_named(tmp_path: Path, name: str) -> None:
    record([trace(EXCHANGE)], tmp_path)
    (tmp_path / DRAFT / name).write_bytes(b"\xff")
    with pytest.raises(GoldenError, match=f"can't read .*{name}: it is no UTF-8 text"):
        verify([trace(EXCHANGE)], tmp_path)
    (tmp_path / DRAFT / name).unlink()
    (tmp_path / DRAFT / name).mkdir()
    with pytest.raises(GoldenError, match=f"can't read .*{name}: Is a directory"):
        verify([trace(EXCHANGE)], tmp_path)


@pytest.mark.parametrize(
    ("changed", "field", "old", "new"),
    [
        (replace(EXCHANGE, status=409), "status", "200", "409"),
        (replace(EXCHANGE, code="wrong_epoch"), "code", "", "wrong_epoch"),
        (replace(EXCHANGE, response=b"answers"), "answer size", "6", "7"),
        (replace(EXCHANGE, fault="delay"), "fault", "", "delay"),
        (replace(EXCHANGE, http_version="2"), "http", "", "2"),
    ],
)
def test_what_differs_is_named(tmp_path: Path, changed: object, field: str, old: str, new: str) -> None:
    record([trace(EXCHANGE)], tmp_path)
    found = {change.field: change for change in verify([trace(changed)], tmp_path)}  # type: ignore[arg-type]
    assert (found[field].step, found[field].where, found[field].message) == (
        "1 send",
        "b.example -> a.example",
        "deliver_message",
    )
    assert (found[field].old, found[field].new) == (old, new)


def test_messages_and_notices_may_be_gone_or_added(tmp_path: Path) -> None:
    record([trace(EXCHANGE, JOINED)], tmp_path)
    (gone,) = verify([trace(EXCHANGE)], tmp_path)
    assert (gone.where, gone.old, gone.new) == ("alice.phone", "Joined 2", "")
    (added,) = verify([trace(EXCHANGE, EXCHANGE, JOINED)], tmp_path)
    assert (added.old, added.new.split()[0]) == ("", "deliver_message")
    (other,) = verify([trace(EXCHANGE, replace(JOINED, epoch=3))], tmp_path)
    assert (other.field, other.old, other.new) == ("noticed", "Joined 2", "Joined 3")


def test_a_step_that_was_put_in_is_one_difference(tmp_path: Path) -> None:
    def steps(*labels: str) -> Trace:
        recorder = Recorder()
        for number, label in enumerate(labels, 1):
            recorder.enter(f"{number} {label}", number)
            recorder.add(EXCHANGE)
        return Trace(trace().header, recorder.events)

    record([steps("send", "send")], tmp_path)
    (added,) = verify([steps("send", "offline", "send")], tmp_path)
    assert (added.step, added.field, added.old, added.new) == ("2 offline", "step", "", "happened, 1 message")
    record([steps("send", "offline", "send")], tmp_path)
    (gone,) = verify([steps("send", "send")], tmp_path)
    assert (gone.step, gone.field, gone.old, gone.new) == ("2 offline", "step", "happened, 1 message", "")


def test_another_seed_draft_or_verdict_is_named_and_what_a_seed_makes_is_counted(tmp_path: Path) -> None:
    old = trace(EXCHANGE)
    record([old], tmp_path)
    unfinished = replace(old, events=old.events[:-1])
    assert [(c.field, c.old, c.new) for c in verify([unfinished], tmp_path)] == [("result", "passed", "unfinished")]
    seeded = replace(trace(replace(EXCHANGE, response=b"reply!")), header=replace(old.header, seed=8))
    seed, following = verify([seeded], tmp_path)
    assert (seed.field, seed.old, seed.new) == ("seed", "7", "8")
    assert (following.field, following.new) == (
        "sizes and digests",
        "1 differs, too, as has to follow from that",
    )


def test_missing_and_superfluous_golden_traces_are_told(tmp_path: Path) -> None:
    with pytest.raises(GoldenError, match="no golden traces"):
        verify([trace()], tmp_path)
    record([trace()], tmp_path)
    other = replace(trace(), header=replace(trace().header, scenario="joins/other"))
    assert [change.new for change in verify([other], tmp_path)] == ["has none: --record makes it"]
    assert [change.scenario for change in verify([], tmp_path, complete=True)] == ["joins/second-device"]


def test_each_draft_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first, second = trace(EXCHANGE), trace(EXCHANGE, JOINED)
    second = replace(second, header=replace(second.header, draft="another"))
    record([first, second], tmp_path)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["another", DRAFT]
    assert verify([second, first], tmp_path, complete=True) == ()
    assert verify([first], tmp_path) == ()
    assert [change.old for change in verify([first], tmp_path, complete=True)] == ["has a golden trace"]
    third = replace(first, header=replace(first.header, draft="a third"))
    assert {change.field for change in verify([third], tmp_path)} == {"golden trace"}


def test_an_id_with_the_draft_is_that_of_the_same_scenario(tmp_path: Path) -> None:
    for choice, name in (("", "x"), ("[draft=DRAFT]", "x"), ("[draft=DRAFT,suite=3]", "x[suite=3]")):
        chosen = f"scenarios/x{choice}".replace("DRAFT", DRAFT)
        one = trace(EXCHANGE)
        record([replace(one, header=replace(one.header, scenario=chosen))], tmp_path)
        assert (tmp_path / DRAFT / f"{name}.txt").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for packages."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("changed_profile")]:
        del sys.modules[name]


def changed_profile(folder: Path, file: str, old: str, new: str) -> Draft:
    """The profile from a copy of its package, in which a line of a file is another."""
    copy = folder / "changed_profile"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in copy.rglob("*.py"):
        path.write_text(path.read_text().replace("simulator.drafts.mimi_transport_00", "changed_profile"))
    text = (copy / file).read_text()
    assert text.count(old) == 1
    (copy / file).write_text(text.replace(old, new))
    found: Draft = importlib.import_module("changed_profile").MIMI_TRANSPORT_00
    return found


async def played(draft: Draft) -> Trace:
    scenario, recorder = load_file(FILE), Recorder()
    result = await run_scenario(scenario, None, Silent(), recorder)
    assert result.result is Result.passed, culprit(result)
    return Trace(header(scenario, 1), recorder.events, Dissector(draft))


STRUCTS = "messages/verification_key.py"


@pytest.mark.parametrize(
    ("old", "new", "field", "before", "after"),
    [
        ("    signature_scheme: uint16\n", "    signature_scheme: uint64\n", "signature_scheme", "uint16", "uint64"),
        ("    not_after: uint64\n", "    not_after: uint64\n    grace: uint16 = 7\n", "grace", "", "uint16"),
    ],
)
async def test_a_changed_field_of_a_struct_is_named_exactly(
    folder: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, field: str, before: str, after: str
) -> None:
    golden, original = folder / "golden", await played(drafts.DRAFTS[0])
    record([original], golden)
    assert verify([original], golden) == ()
    changed = changed_profile(folder, STRUCTS, old, new)
    for module in (drafts, registry):
        monkeypatch.setattr(module, "DRAFTS", (changed,))
    found = verify([await played(changed)], golden)
    (named,) = [change for change in found if change.struct]
    assert (named.struct, named.field, named.old, named.new) == ("ProviderKey", field, before, after)
    assert (named.step, named.where) == ("1 connect", "b.example -> a.example")
    assert named.message == "verification_key #2 answer"
    assert [change.field for change in found if not change.struct] == ["sizes and digests"]
