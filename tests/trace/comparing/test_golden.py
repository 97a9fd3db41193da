"""Golden traces: what is recorded verifies; what has changed is named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.codec.layout import FieldLayout, UIntType, WireLayout
from simulator.trace import Recorder, Trace
from simulator.trace.comparing.golden import GoldenError, check_recorded, record, verify
from simulator.trace.layout import packed
from tests.trace.examples import EXCHANGE, HEADER, JOINED, LAYOUT, trace

DRAFT = HEADER.draft


def test_what_was_recorded_verifies(tmp_path: Path) -> None:
    size = record([trace(EXCHANGE, JOINED)], tmp_path)
    assert size == sum(file.stat().st_size for file in tmp_path.glob("*/*"))
    assert not verify([trace(EXCHANGE, JOINED)], tmp_path, complete=True)


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
        assert bool(verify(traces, tmp_path)) is (text != good), what


@pytest.mark.parametrize("name", ["layout.json", "joins__second-device.txt"])
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
        (replace(EXCHANGE, response=b"answers"), "size", "6 bytes", "7 bytes"),
        (replace(EXCHANGE, fault="delay"), "fault", "", "delay"),
        (replace(EXCHANGE, http_version="2"), "http", "", "2"),
    ],
)
def test_what_differs_is_named(tmp_path: Path, changed: object, field: str, old: str, new: str) -> None:
    record([trace(EXCHANGE)], tmp_path)
    found = {change.field: change for change in verify([trace(changed)], tmp_path).changes}  # type: ignore[arg-type]
    assert (found[field].step, found[field].where) == ("1 send", "b.example -> a.example")
    assert found[field].message == ("deliver_message #1 answer" if field == "size" else "deliver_message #1")
    assert (found[field].old, found[field].new) == (old, new)


def test_messages_and_notices_may_be_gone_or_added(tmp_path: Path) -> None:
    record([trace(EXCHANGE, JOINED)], tmp_path)
    (gone,) = verify([trace(EXCHANGE)], tmp_path).changes
    assert (gone.where, gone.old, gone.new) == ("alice.phone", "Joined 2", "")
    (added,) = verify([trace(EXCHANGE, EXCHANGE, JOINED)], tmp_path).changes
    assert (added.old, added.new) == ("", "once more, byte for byte: deliver_message: 200")
    (other,) = verify([trace(EXCHANGE, replace(JOINED, epoch=3))], tmp_path).changes
    assert (other.field, other.old, other.new) == ("noticed", "Joined 2", "Joined 3")


def test_a_step_that_was_put_in_is_one_difference(tmp_path: Path) -> None:
    def steps(*labels: str) -> Trace:
        recorder = Recorder()
        for number, label in enumerate(labels, 1):
            recorder.enter(f"{number} {label}", number)
            recorder.add(EXCHANGE)
        return Trace(trace().header, recorder.events)

    record([steps("send", "send")], tmp_path)
    (added,) = verify([steps("send", "offline", "send")], tmp_path).changes
    assert (added.step, added.field, added.old, added.new) == ("2 offline", "step", "", "happened, 1 message")
    record([steps("send", "offline", "send")], tmp_path)
    (gone,) = verify([steps("send", "send")], tmp_path).changes
    assert (gone.step, gone.field, gone.old, gone.new) == ("2 offline", "step", "happened, 1 message", "")


def test_another_seed_draft_or_verdict_is_named_and_what_a_seed_makes_is_not_compared(tmp_path: Path) -> None:
    old = trace(EXCHANGE)
    record([old], tmp_path)
    unfinished = replace(old, events=old.events[:-1])
    assert [(c.field, c.old, c.new) for c in verify([unfinished], tmp_path).changes] == [
        ("result", "passed", "unfinished")
    ]
    seeded = replace(trace(replace(EXCHANGE, response=b"reply!")), header=replace(old.header, seed=8))
    (seed,) = verify([seeded], tmp_path).changes
    assert (seed.field, seed.old, seed.new) == ("seed", "7", "8")


def test_missing_and_superfluous_golden_traces_are_told(tmp_path: Path) -> None:
    with pytest.raises(GoldenError, match="no golden traces"):
        verify([trace()], tmp_path)
    record([trace()], tmp_path)
    other = replace(trace(), header=replace(trace().header, scenario="joins/other"))
    assert [change.new for change in verify([other], tmp_path).changes] == ["has none: --record makes it"]
    assert [change.scenario for change in verify([], tmp_path, complete=True).changes] == ["joins/second-device"]


def test_each_draft_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first, second = trace(EXCHANGE), trace(EXCHANGE, JOINED)
    second = replace(second, header=replace(second.header, draft="another"))
    record([first, second], tmp_path)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["another", DRAFT]
    assert not verify([second, first], tmp_path, complete=True)
    assert not verify([first], tmp_path)
    assert [change.old for change in verify([first], tmp_path, complete=True).changes] == ["has a golden trace"]
    third = replace(first, header=replace(first.header, draft="a third"))
    assert {change.field for change in verify([third], tmp_path).changes} == {"golden trace"}


def test_an_id_with_the_draft_is_that_of_the_same_scenario(tmp_path: Path) -> None:
    for choice, name in (("", "x"), ("[draft=DRAFT]", "x"), ("[draft=DRAFT,suite=3]", "x[suite=3]")):
        chosen = f"scenarios/x{choice}".replace("DRAFT", DRAFT)
        one = trace(EXCHANGE)
        record([replace(one, header=replace(one.header, scenario=chosen))], tmp_path)
        assert (tmp_path / DRAFT / f"{name}.txt").exists()


def of_layout(*fields: str) -> Trace:
    """A run whose bodies are by a layout with these fields."""
    wire = WireLayout({"Question": tuple(FieldLayout(name, UIntType(2)) for name in fields)})
    header = replace(HEADER, layout=packed(replace(LAYOUT, wire=wire)))
    body = b"".join(bytes([0, len(name)]) for name in fields)
    asked = trace(replace(EXCHANGE, endpoint="ask", operation="ask", request=body, response=b""))
    return Trace.of_run(header, asked.events)


def test_a_change_of_the_layout_is_told_once_and_explains_what_comes_of_it(tmp_path: Path) -> None:
    record([of_layout("number")], tmp_path)
    found = verify([of_layout("number", "priority")], tmp_path)
    assert [each.sentence for each in found.layout] == ["Question: field priority (uint16) added after number"]
    assert [(each.messages, each.scenarios) for each in found.layout] == [(1, 1)]
    assert (found.changes, found.same) == ((), 1)
    back = tmp_path / "back"
    record([of_layout("number", "priority")], back)
    gone = verify([of_layout("priority", "number")], back)
    assert [str(each) for each in gone.sentences()] == ["Question: order changed: priority before number"]
    assert not gone.changes


def test_a_part_is_not_recorded_by_another_layout_beside_the_rest(tmp_path: Path) -> None:
    other = of_layout("number")
    record([of_layout("number"), replace(other, header=replace(other.header, scenario="another"))], tmp_path)
    record([of_layout("number")], tmp_path)
    with pytest.raises(GoldenError, match=r"are of another layout .*field priority.*record all scenarios"):
        record([of_layout("number", "priority")], tmp_path)


def test_golden_traces_that_do_not_say_their_layout_are_of_no_use(tmp_path: Path) -> None:
    (tmp_path / DRAFT).mkdir()
    (tmp_path / DRAFT / "shapes.txt").write_text("")
    with pytest.raises(GoldenError, match="do not say by which layout they were recorded"):
        verify([trace(EXCHANGE)], tmp_path)
    (tmp_path / DRAFT / "layout.json").write_text("{}")
    with pytest.raises(GoldenError, match=r"can't read .*layout.json: "):
        verify([trace(EXCHANGE)], tmp_path)


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"\xff", b"null"])
def test_a_damaged_layout_is_told_before_anything_is_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layout.json").write_bytes(content)
    with pytest.raises(GoldenError, match=r"can't read .*layout\.json"):
        check_recorded(tmp_path)
