"""Mermaid diagrams: who takes part, what was asked and answered, and no text that Mermaid takes for its own words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.printable import REPLACEMENT
from simulator.trace import ProviderShown, Trace
from simulator.trace.drawing.mermaid import label
from simulator.trace.exports import mermaid
from tests.trace.examples import EXCHANGE, FAILURE, HEADER, JOINED, placed, trace

LINES = (
    r"    title .+",
    r"    (box transparent .+|end)",
    r"    (    )?(participant|actor) l\d+ as .+",
    r"    l\d+(->>|-->>|--x)l\d+: .+",
    r"    Note over l\d+(,l\d+)?: .+",
)
LINE = re.compile("|".join(f"({line})" for line in LINES))
"""What a line may be."""


def test_a_diagram() -> None:
    refused = replace(EXCHANGE, started=1002.0, status=409, refused=True, code="wrong_epoch", operation="add_users")
    assert list(mermaid.diagram(trace(EXCHANGE, refused, JOINED))) == [
        "sequenceDiagram",
        "    title A second device: passed",
        "    box transparent a.example",
        "        participant l0 as a.example",
        "        actor l1 as alice.phone",
        "    end",
        "    box transparent b.example",
        "        participant l2 as b.example",
        "    end",
        "    Note over l0,l2: step 1 send",
        "    l2->>l0: POST deliver_message",
        "    l0-->>l2: 200",
        "    l2->>l0: POST deliver_message (add_users)",
        "    l0--xl2: 409 wrong_epoch",
        "    Note over l1: joined at epoch 2",
    ]


def test_what_no_answer_came_to_says_why() -> None:
    lost = replace(EXCHANGE, status=None, error="connection lost", fault="drop_answer", attempt=2)
    lines = list(mermaid.diagram(trace(lost)))
    assert lines[-2:] == [
        "    l2->>l0: POST deliver_message, attempt 2, fault drop_answer",
        "    l0--xl2: no answer: connection lost",
    ]


def test_steps_say_when_they_are_attacks_and_how_they_failed() -> None:
    began, *_, ended, end = trace().events
    attack = replace(began, attack=True)  # type: ignore[call-arg]
    failed = replace(ended, result="failed")  # type: ignore[call-arg]
    lines = list(mermaid.diagram(Trace(trace().header, (*placed(attack, EXCHANGE, failed), end))))
    assert "    Note over l0,l2: step 1 send (attack): failed" in lines


def test_strangers_stand_outside_the_boxes() -> None:
    lines = list(mermaid.diagram(trace(replace(EXCHANGE, sender="nobody.example"), FAILURE)))
    assert "    participant l3 as nobody.example" in lines
    assert "    Note over l0: TLS failed: unsupported protocol" in lines


def test_no_text_is_mermaids_own() -> None:
    hostile = 'x; end\n    l0->>l1: # <b> "%%{init}%%'
    lines = list(mermaid.diagram(trace(replace(EXCHANGE, status=None, error=hostile, endpoint=hostile))))
    assert all(LINE.fullmatch(line) for line in lines[1:])
    assert not any(";" in re.sub(r"#(\d+|lt|gt);", "", line) for line in lines)


@pytest.mark.parametrize("name", ["red", "field", "initial", "currentcolor", "rgb(0,0,0)", "#fff", "transparent"])
def test_a_provider_named_after_a_colour_is_the_title_of_its_box(name: str) -> None:
    provider = f"{name}.example"
    header = replace(HEADER, providers=(ProviderShown(provider, f"ds.{provider}"),))
    lines = list(mermaid.diagram(replace(trace(replace(EXCHANGE, sender=provider, provider=provider)), header=header)))
    assert f"    box transparent {label(provider)}" in lines


def test_a_path_with_what_cannot_be_seen_is_shown_without(tmp_path: Path) -> None:
    file = tmp_path / "all.md"
    mermaid.write([trace(replace(EXCHANGE, endpoint="/a\x1b[2J\x00\x9b\u202eb"))], file)
    assert f"POST /a{REPLACEMENT}[2J{REPLACEMENT * 3}b" in file.read_text()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>: passed"),
        (
            "![x](http://a.example) `c` *b* _i_ ~~s~~ |",
            r"\!\[x\](http:\//a.example) \`c\` \*b\* \_i\_ \~\~s\~\~ \|: passed",
        ),
        ("- one", r"\- one: passed"),
        ("12. one", r"12\. one: passed"),
        ("a\x1b\nb", f"a{REPLACEMENT} b: passed"),
    ],
)
def test_a_name_is_no_markdown(name: str, written: str, tmp_path: Path) -> None:
    file = tmp_path / "all.md"
    header = replace(HEADER, name=name, scenario=name)
    mermaid.write([replace(trace(EXCHANGE), header=header)], file)
    heading, _, line, *_ = file.read_text().splitlines()
    assert (heading, line) == (f"## {written.removesuffix(': passed')}", f"{written}, seed 7")


def test_a_run_with_nothing_in_it_is_a_diagram() -> None:
    assert list(mermaid.diagram(Trace(trace().header, ()))) == [
        "sequenceDiagram",
        "    title A second device: unfinished",
    ]


def test_recorded_runs_have_every_message(traces: tuple[Trace, ...]) -> None:
    for each in traces:
        lines = list(mermaid.diagram(each))
        assert [line for line in lines[1:] if not LINE.fullmatch(line)] == []
        assert sum("->>" in line and "-->>" not in line for line in lines) == len(each.exchanges)
        assert sum("-->>" in line for line in lines) == sum(
            e.status is not None and not e.refused for e in each.exchanges
        )
        assert sum("--x" in line for line in lines) == sum(e.status is None or e.refused for e in each.exchanges)
        said = [line.split("step ")[1].removesuffix(": skipped") for line in lines if ": step " in line]
        said = [label.removesuffix(" (attack)") for label in said]
        assert said == [step.label for step in each.steps if step.number]


def test_one_file_is_one_diagram_and_markdown_has_many(traces: tuple[Trace, ...], tmp_path: Path) -> None:
    mermaid.write(traces[:1], tmp_path / "one.mmd")
    assert (tmp_path / "one.mmd").read_text().splitlines() == list(mermaid.diagram(traces[0]))
    mermaid.write(traces, tmp_path / "all.md")
    text = (tmp_path / "all.md").read_text()
    blocks = re.findall(r"^## (\S+)\n.*?^```mermaid\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert [name for name, _ in blocks] == [each.header.scenario for each in traces]
    assert [block.splitlines() for _, block in blocks] == [list(mermaid.diagram(each)) for each in traces]
    with pytest.raises(SimulatorError, match=r"these are 2 scenarios: name a file \*.md"):
        mermaid.write(traces, tmp_path / "many.mmd")
