"""Everything that fuzzing has found, as it was sent: none of it is found again.

To add one, copy its file from the folder of its campaign into `found/` under a name that says what it was.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.fuzzing.batch import LIMIT
from simulator.fuzzing.findings import Finding, described, load, reduced
from simulator.fuzzing.targets import open_target
from simulator.fuzzing.time_limit import at_most
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import Cut
from simulator.mutation.properties import Broken, hold

FOUND = [load(path) for path in sorted((Path(__file__).parent / "found").glob("*.json"))]
PLACES = sorted({(finding.target, finding.environment) for finding in FOUND}, key=str)


@pytest.mark.parametrize(("target", "environment"), PLACES)
async def test_they_are_mended(target: str, environment: str | None) -> None:
    async with open_target(target, environment) as fresh:
        for finding in FOUND:
            if (finding.target, finding.environment) == (target, environment):
                with at_most(LIMIT):
                    await fresh.fire(finding.shot)


def test_one_is_written_down_and_read_again(tmp_path: Path) -> None:
    with pytest.raises(Broken) as raised:
        hold(1 == 2, "no: 7")
    line, trace = described(raised.value)
    finding = Finding("wires", "mimi-x, HTTP/2, suite 1", "1", 7, "h2", "nothing", line, trace, {"data": "00"})
    path = finding.save(tmp_path / "findings")
    assert path.name == "wires-mimi-x-HTTP-2-suite-1-1-7.json"
    assert load(path) == finding
    assert finding.kind == "Broken in test_findings.py test_one_is_written_down_and_read_again"
    assert "case 7 of seed 1: Broken: no: 7" in str(finding)


def test_one_of_before_is_about_no_server_and_one_of_a_server_is_grouped_by_what_it_has_done(tmp_path: Path) -> None:
    finding = Finding("requests", "x", "1", 7, "y", "nothing", "ServerFailed: HTTP 500", "", {"endpoint": "notify"})
    path = finding.save(tmp_path)
    values = json.loads(path.read_text())
    del values["over"]
    path.write_text(json.dumps(values))
    assert load(path) == finding
    assert finding.kind == "ServerFailed in no frame"
    theirs = replace(finding, over="/over.yaml")
    assert theirs.kind == "ServerFailed at notify"
    assert load(theirs.save(tmp_path)) == theirs


def test_a_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    with pytest.raises(SimulatorError, match="can't be read: No such file"):
        load(file)
    for text, why in (
        ("{", "this is no finding: Expecting"),
        ("[1]", "it is no object of JSON"),
        ('{"target": "wires"}', "it has no environment, seed, number"),
    ):
        file.write_text(text)
        with pytest.raises(SimulatorError, match=why):
            load(file)
    Finding("wires", None, "1", 7, "h2", "nothing", "", "", {"data": "00"}).save(tmp_path)
    (saved,) = tmp_path.glob("wires-*")
    saved.write_text(saved.read_text().replace('"trace"', '"trail": 1, "trace"'))
    with pytest.raises(SimulatorError, match="nobody knows its trail"):
        load(saved)


class Even:
    """Fails where a byte is 7."""

    name = "even"

    def shot(self, case: Case) -> Shot:
        data = case.seed
        for cut in case.cuts:
            data = cut.apply(data)
        return {"data": data.hex()}

    async def fire(self, shot: Shot) -> str:
        if 7 in bytes.fromhex(shot["data"]):
            raise ValueError("seven")
        return "ok"


async def test_what_does_not_matter_is_left_out() -> None:
    case = Case("x", b"1234", cuts=(Cut(0, 1, b"a", "first"), Cut(1, 2, b"\x07", "second"), Cut(3, 4, b"b", "third")))
    found = await reduced(Even(), case)
    assert found is not None
    assert found[0].altered == "bytes second"
    assert await reduced(Even(), Case("x", b"1234")) is None
