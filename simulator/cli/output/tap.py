"""Results as TAP 14 (testanything.org): a test point a scenario."""

import json
from collections.abc import Iterator, Sequence

from simulator.cli.output.lines import failure, headline
from simulator.printable import printable_lines
from simulator.scenario import Result, ScenarioResult
from simulator.scenario.at_stake import at_stake, in_common


def to_tap(results: Sequence[ScenarioResult]) -> str:
    """The document. What is skipped or unsupported is `ok` with the SKIP directive; a failure's YAML names the
    requirements that are at stake.
    """
    return "\n".join(["TAP version 14", f"1..{len(results)}", *_points(results), *_common(results)]) + "\n"


def _points(results: Sequence[ScenarioResult]) -> Iterator[str]:
    for number, result in enumerate(results, 1):
        bad = result.result in (Result.failed, Result.fault)
        line = f"{'not ok' if bad else 'ok'} {number} - {_escaped(result.scenario.id)} (seed {result.seed})"
        if result.result in (Result.skipped, Result.unsupported):
            line += f" # SKIP {_escaped(f'{result.result.value}: {result.reason}')}"
        yield line
        yield "  ---"
        yield f"  duration_ms: {result.seconds * 1000:.0f}"
        if bad:
            yield f"  severity: {'fail' if result.result is Result.failed else 'error'}"
            yield f"  message: {json.dumps(headline(result))}"
            if stakes := at_stake(result):
                yield f"  requirements: {json.dumps(list(stakes))}"
            yield "  report:"
            yield from (f"    - {json.dumps(line.plain.strip())}" for line in failure(result, debug=False))
        yield "  ..."


def _common(results: Sequence[ScenarioResult]) -> Iterator[str]:
    """As comments: in how many of the scenarios that failed each requirement is at stake."""
    failed = sum(result.result is Result.failed for result in results)
    for share in in_common(results):
        yield f"# {share.requirement.id}: {len(share.scenarios)} of {failed} failed"


def _escaped(text: str) -> str:
    """A description: `#` begins a directive and a line is a line."""
    return " ".join(printable_lines(text).replace("\\", "\\\\").replace("#", "\\#").split())
