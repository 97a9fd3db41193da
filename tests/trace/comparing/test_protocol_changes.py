"""Eight changes of a protocol, each on a copy of the draft: the first line names it, and no other line says what is not
so.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from simulator.drafts import mimi_transport_00, registry
from simulator.drafts.draft import Draft
from simulator.scenario import load, run_scenario
from simulator.scenario.running.tracing import header
from simulator.trace import Recorder, Trace
from simulator.trace.comparing.diff import diff
from simulator.trace.comparing.diff_text import text
from simulator.trace.comparing.golden import record, verify
from tests.own_drafts import forgotten
from tests.scenario.small_scenarios import Silent

PACKAGE = Path(mimi_transport_00.__file__).parent
SCENARIOS = Path(__file__).parents[3] / "scenarios"
NAMES = ("fanout/guest-message", "joins/resync", "malicious/forwarded-deliver-message", "malicious/malformed-requests")
TBS, BINDING, CHECKS = "messages/queueing.py", "binding/queueing.py", "checks.py"
RECIPIENT = "rules/recipient.py"


@dataclass(frozen=True)
class Edit:
    """A text in a file of the draft, that is there once, and what stands there then."""

    file: str
    old: str
    new: str


WRITTEN = "payload.request_type, recipients, delivery.group_id"
OWN_NAME = 'RECIPIENT = rule("T-SECURITY-RECIPIENT", Code.wrong_recipient, "[T] Transport", part="OWN-NAME")\n'
SENT = "    return fan_out(delivery(request_type, group_id, clients, message), context)\n"
CHANGES: dict[str, tuple[str, tuple[Edit, ...]]] = {
    "a field is added": (
        "QueueingServiceRequestTBS: field priority (uint16) added after group_id",
        (
            Edit(TBS, "    group_id: opaque\n", "    group_id: opaque\n    priority: uint16\n"),
            Edit(BINDING, WRITTEN, f"{WRITTEN}, 7"),
        ),
    ),
    "two fields are swapped": (
        "QueueingServiceRequestTBS: order changed: group_id before recipients",
        (
            Edit(
                TBS,
                "    recipients: Annotated[tuple[FanoutRecipient, ...], Repeated()]\n    group_id: opaque\n",
                "    group_id: opaque\n    recipients: Annotated[tuple[FanoutRecipient, ...], Repeated()]\n",
            ),
            Edit(BINDING, WRITTEN, "payload.request_type, delivery.group_id, recipients"),
        ),
    ),
    "an error code has another number": (
        "ErrorCode: wrong_recipient 4 -> 44",
        (Edit("messages/common.py", "wrong_recipient = 4\n", "wrong_recipient = 44\n"),),
    ),
    "a check is made before another": (
        "check moved: recipient is made after certificate now",
        (
            Edit(CHECKS, '    Check("recipient", recipient, local=True),\n', ""),
            Edit(
                CHECKS,
                '    Check("certificate", certificate),\n',
                '    Check("certificate", certificate),\n    Check("recipient", recipient, local=True),\n',
            ),
        ),
    ),
    "a rule is dropped": (
        "rule dropped: T-SECURITY-RECIPIENT/OWN-NAME",
        (
            Edit(RECIPIENT, OWN_NAME, ""),
            Edit(RECIPIENT, "    check(RECIPIENT, ours, ", "    str(("),
            Edit(RECIPIENT, 'not for {call.server.name}")', 'not for {call.server.name}", ours))'),
        ),
    ),
    "an endpoint is renamed": (
        "endpoint connection_key_packages renamed keys_to_connect (/connection_key_packages -> /keys_to_connect)",
        (
            Edit(
                "binding/key_packages.py",
                'FOR_CONNECTION = "connection_key_packages"',
                'FOR_CONNECTION = "keys_to_connect"',
            ),
            Edit("endpoints.py", 'Template("/connection_key_packages")', 'Template("/keys_to_connect")'),
        ),
    ),
    "a signature has another label": (
        'QueueingServiceRequestTBS: signature label "QueueingServiceRequestTBS" -> "FanoutRequest"',
        (
            Edit(
                TBS, 'QUEUEING_SERVICE_LABEL = "QueueingServiceRequestTBS"', 'QUEUEING_SERVICE_LABEL = "FanoutRequest"'
            ),
        ),
    ),
    "a message is sent twice": (
        ": message added: once more, byte for byte: ",
        (
            Edit(
                "rules/deliveries.py",
                SENT,
                SENT.replace("    return", "    once =") + "    return (*once, *once)\n",
            ),
        ),
    ),
}
EXPLAINED = set(CHANGES) - {"a rule is dropped", "a message is sent twice"}
"""Those after which nothing else happens otherwise."""


@pytest.fixture(scope="module", autouse=True)
def as_before() -> Iterator[None]:
    with forgotten():
        yield


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft as it is, in a package of its own, under a name of its own."""
    return copied(PACKAGE, tmp_path_factory.mktemp("base") / "before", PACKAGE.name)


def copied(package: Path, to: Path, before: str) -> Path:
    """A copy of a package, which imports itself."""
    shutil.copytree(package, to, ignore=shutil.ignore_patterns("__pycache__"))
    for file in to.rglob("*.py"):
        found = (
            file.read_text().replace(f"simulator.drafts.{before}", to.name).replace(f"from {before}", f"from {to.name}")
        )
        found = found.replace('name="mimi-transport-00"', 'name="mine"').replace("\nMIMI_TRANSPORT_00 =", "\nDRAFT =")
        file.write_text(found)
    return to


def changed(base: Path, to: Path, edits: tuple[Edit, ...]) -> Draft:
    """The draft with these edits: as `--draft` reads it, and instead of the one of this name that was known."""
    copy = copied(base, to, base.name)
    for edit in edits:
        file = copy / edit.file
        assert file.read_text().count(edit.old) == 1, edit
        file.write_text(file.read_text().replace(edit.old, edit.new))
    registry._by_path.clear()
    return registry.add(copy)


async def played(draft: Draft) -> list[Trace]:
    traces = []
    for scenario in load([SCENARIOS / f"{name}.yaml" for name in NAMES], draft=draft):
        recorder = Recorder()
        await run_scenario(scenario, 1, Silent(), recorder)
        traces.append(Trace.of_run(header(scenario, 1), recorder.events))
    return traces


Kept = tuple[list[Trace], Path]


@pytest.fixture(scope="module")
def before(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], object]:
    """Plays and records the draft as it is, once."""
    kept: list[Kept] = []

    async def play() -> Kept:
        if not kept:
            folder = tmp_path_factory.mktemp("golden")
            traces = await played(changed(base, folder.parent / "unchanged", ()))
            record(traces, folder)
            kept.append((traces, folder))
        return kept[0]

    return play


@pytest.mark.parametrize("name", CHANGES)
async def test_the_first_line_names_the_change(
    name: str, base: Path, before: Callable[[], object], tmp_path: Path
) -> None:
    sentence, edits = CHANGES[name]
    old, golden = await before()  # type: ignore[misc]
    new = await played(changed(base, tmp_path / name.replace(" ", "_"), edits))
    for found in (diff(old, new), verify(new, golden)):
        lines = text(found).splitlines()
        assert sentence in lines[0]
        assert [each.sentence for each in found.layout][1:] == []
        if name in EXPLAINED:
            assert (found.changes, found.verdicts) == ((), ()), text(found)
            assert found.same == len(NAMES)


async def test_a_trace_is_read_by_its_own_layout_whatever_has_changed_since(
    base: Path, before: Callable[[], object], tmp_path: Path
) -> None:
    old, _ = await before()  # type: ignore[misc]
    said = [old[0].request(each) for each in old[0].exchanges]
    changed(base, tmp_path / "other", CHANGES["two fields are swapped"][1])
    assert [Trace.of_run(old[0].header, old[0].events).request(each) for each in old[0].exchanges] == said
    assert replace(old[0]).header.layout
