"""A sweep over scenarios in which a server of somebody else has a place."""

from pathlib import Path

from tests.cli.process import as_process
from tests.interop.overlay import SCENARIOS, external_providers

FILE = str(SCENARIOS / "external" / "discovery-and-key.yaml")
ELSEWHERE = str(SCENARIOS / "connection" / "within-one-provider.yaml")


def test_it_is_swept_as_any_other_and_goes_on_with_the_same_server(tmp_path: Path) -> None:
    with external_providers(tmp_path, theirs="b") as over:
        here = over.parent
        words = ("sweep", FILE, "--over", over.name, "-o", "swept", "--seeds")
        first = as_process(*words, "1..3", cwd=here)
        assert first.err == ""
        assert (first.code, first.out.splitlines()[-1]) == (0, "3 of 3 runs: 3 passed"), first.err
        again = as_process(*words, "1..3", cwd=here)
        assert again.out.splitlines()[-1] == "3 of 3 runs: 3 passed", again
        over.write_text(over.read_text() + "\n# another\n")
        other = as_process(*words, "1..3", cwd=here)
        assert (other.code, other.out) == (2, "")
        assert "its inputs are not as they were then (over.yaml)" in other.err
        shrunk = as_process("sweep", FILE, "--over", over.name, "-o", "more", "--shrink", cwd=here)
        assert "no file says what your server does" in shrunk.err
    down = as_process("sweep", FILE, "--over", over.name, "-o", "down", cwd=here)
    assert (down.code, down.out) == (2, "")
    assert down.err.startswith("nobody listens at 127.0.0.1:")
    assert not (here / "down").exists()
