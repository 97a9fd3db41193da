"""A real Jupyter kernel: its event loop runs while a cell does, it is interrupted, it is shut down."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60

LEFT = """
import os
def left():
    "The threads, and the sockets of this process that listen."
    import os, threading  # at the end of a kernel the names of cells are gone
    files = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
    links = {os.readlink(file) for file in files if os.path.lexists(file)}
    with open("/proc/self/net/tcp") as table:
        rows = [line.split() for line in table][1:]
    listening = {f"socket:[{row[9]}]" for row in rows if row[3] == "0A"}
    return sorted(thread.name for thread in threading.enumerate()), sorted(links & listening)
"""

LAST = """
class Old: "It outlives the cells' names, and what was made later than it."
os.old = Old()
def tell(before=left(), left=left, file=file):
    print(*(set(now) - set(then) for now, then in zip(left(), before)), file=file)
weakref.finalize(os.old, tell)
"""

POLARS = "federation.traffic.exchanges()  # with polars, which handles signals in a way of its own"

HUNG = """
from simulator.net.faults import Hold, RequestMatch
class Told(Hold, frozen=True, kw_only=True, tag="told"):
    async def carry(self, attempt, onward, context):
        print("hung", flush=True)
        return await super().carry(attempt, onward, context)
federation.inject(Told(where=RequestMatch(recipient="a.example", operation=("send_message",))))
"""


@contextmanager
def started() -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    manager, client = start_new_kernel(cwd=str(ROOT))
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel() -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    with started() as both:
        yield both


def run(client: BlockingKernelClient, code: str) -> str:
    """What a cell prints. It must not fail."""
    said: list[str] = []

    def hear(message: dict) -> None:
        if message["msg_type"] == "stream":
            said.append(message["content"]["text"])

    reply = client.execute_interactive(code, output_hook=hear, timeout=PATIENCE)["content"]
    assert reply["status"] == "ok", "\n".join(reply["traceback"])
    return "".join(said)


def fail(client: BlockingKernelClient, code: str) -> list[str]:
    """The traceback that a cell shows."""
    reply = client.execute_interactive(code, output_hook=lambda _: None, timeout=PATIENCE, stop_on_error=False)
    assert reply["content"]["status"] == "error"
    return list(reply["content"]["traceback"])


def wait_for(client: BlockingKernelClient, word: str) -> None:
    said = ""
    while word not in said:
        message = client.get_iopub_msg(timeout=PATIENCE)
        said += message["content"].get("text", "") if message["msg_type"] == "stream" else ""


def test_an_interrupted_cell_leaves_nothing_running_and_the_federation_goes_on(
    kernel: tuple[KernelManager, BlockingKernelClient],
) -> None:
    manager, client = kernel
    run(client, LEFT + "before = left()")
    run(
        client,
        "from simulator.notebook import Federation\n"
        "federation = Federation({'a.example': {'alice': 'phone'}, 'b.example': {'bob': 'phone'}}).start()\n"
        "alice, bob = federation.client('alice'), federation.client('bob')\n"
        "alice.connect('bob'); team = alice.create_group('team'); alice.add(team, 'bob')\n" + HUNG,
    )
    asked = client.execute(f"{POLARS}\nbob.send(team, 'Is anybody there?')", stop_on_error=False)
    wait_for(client, "hung")
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=PATIENCE)
    assert reply["parent_header"]["msg_id"] == asked
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert run(client, "print(federation.running, len(team.received.words))") == "True 0\n"
    run(client, "federation.repair()")  # the next settling asks for it again, in the same bytes
    assert run(client, "print(team.received)") == "bob.phone: Is anybody there? -> alice.phone\n"
    assert "interrupted" in run(client, "print([each.ended.message for each in federation.trace.steps if each.ended])")
    run(client, "federation.stop()")
    assert run(client, "print(left() == before)") == "True\n"


def test_errors_are_one_sentence_and_bugs_are_tracebacks(
    kernel: tuple[KernelManager, BlockingKernelClient],
) -> None:
    _, client = kernel
    run(client, "from simulator.notebook import Federation\nfederation = Federation({'a.example': {}})")
    assert fail(client, "federation.client('alice')") == ["Refused: the federation is not running: start() it"]
    assert len(fail(client, "federation.nobody")) > 1


def test_a_kernel_that_ends_takes_the_federation_with_it_in_good_order(tmp_path: Path) -> None:
    end = tmp_path / "end"
    with started() as (manager, client):
        run(client, f"import weakref\nfile = open({str(end)!r}, 'w', buffering=1)\n" + LEFT + LAST)
        pid = int(run(client, "print(os.getpid())"))
        run(client, "from simulator.notebook import Federation\nf = Federation({'a.example': {'al': 'phone'}}).start()")
        assert "simulator" in run(client, "print(left())")
        manager.shutdown_kernel()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert end.read_text() == "set() set()\n"
