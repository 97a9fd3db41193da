"""Results as JUnit XML, as build servers read it: a testcase a scenario."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from simulator.cli.output.lines import failure, headline
from simulator.printable import printable_lines
from simulator.scenario import Result, ScenarioResult
from simulator.scenario.at_stake import in_common

_KINDS = {Result.failed: "failure", Result.fault: "error", Result.skipped: "skipped", Result.unsupported: "skipped"}


def to_junit(results: Sequence[ScenarioResult]) -> bytes:
    """The document. A scenario's class is its folder; its seed stands in its output and among the suite's properties,
    which also say in how many failures a requirement is at stake. A failure's message names its own in brackets.
    """
    kinds = [_KINDS.get(result.result) for result in results]
    seconds = f"{sum(result.seconds for result in results):.3f}"
    counts = {
        "tests": str(len(results)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
    }
    root = ET.Element("testsuites", {"name": "mimi-sim", **counts, "time": seconds})
    counts["skipped"] = str(kinds.count("skipped"))
    suite = ET.SubElement(root, "testsuite", {"name": "mimi-sim", **counts, "time": seconds})
    properties = ET.SubElement(suite, "properties")
    for result in results:
        ET.SubElement(
            properties, "property", {"name": f"seed of {_text(result.scenario.id)}", "value": str(result.seed)}
        )
    for result in results:
        _case(suite, result)
    failed = kinds.count("failure")
    for share in in_common(results):
        said = f"{len(share.scenarios)} of {failed} failed: {', '.join(share.scenarios)}"
        ET.SubElement(properties, "property", {"name": f"requirement {share.requirement.id}", "value": _text(said)})
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _case(suite: ET.Element, result: ScenarioResult) -> None:
    folder, _, name = result.scenario.id.rpartition("/")
    head = {"name": _text(name), "classname": _text(folder.replace("/", ".") or "."), "time": f"{result.seconds:.3f}"}
    case = ET.SubElement(suite, "testcase", head)
    kind = _KINDS.get(result.result)
    if kind == "skipped":
        message = f"{result.result.value}: {result.reason}"
        ET.SubElement(case, kind, {"message": _text(message)})
    elif kind is not None:
        said = ET.SubElement(case, kind, {"type": result.result.value, "message": _text(headline(result))})
        said.text = _text("\n".join(line.plain for line in failure(result, debug=True)))
    ET.SubElement(case, "system-out").text = f"seed {result.seed}"


def _text(text: str) -> str:
    """What XML can hold, and people can see, of it."""
    return printable_lines(text)
