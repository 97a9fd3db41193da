"""What a process does on signals, in processes of their own."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import signal, sys, trio
from simulator.signals import cancel_on_signal

async def main():
    async with trio.open_nursery() as nursery:
        code = int(sys.argv[1]) if len(sys.argv) > 1 else None
        await nursery.start(cancel_on_signal, nursery.cancel_scope, (signal.SIGTERM, signal.SIGINT), code)
        print("ready", flush=True)
        try:
            await trio.sleep_forever()
        finally:
            print("ending", flush=True)
            while code is not None:
                pass

trio.run(main)
print("over", flush=True)
"""


def begun(*words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_first_ends_it_in_an_orderly_way(number: signal.Signals) -> None:
    process = begun()
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    assert (said, process.returncode) == ("ending\nover\n", 0)


def test_the_second_ends_it_on_the_spot_whichever_it_is() -> None:
    process = begun("130")
    assert process.stdout is not None
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "ending\n"
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert (said, process.returncode) == ("", 130)
