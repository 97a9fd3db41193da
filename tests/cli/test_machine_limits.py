"""Limits of this machine are never a verdict: exit code 3, and one sentence that names the limit."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import PASSING, SIMULATOR, Ended, as_process

CROWD = """
name: Everybody connects with everybody
topology:
  generate: {providers: 24, users: 1}
steps:
  - connect: {from: p1-u1, to: all but p1-u1}
"""

DOWN = """
name: A provider is down, and all that is expected is that it can't be reached
topology:
  generate: {providers: 24, users: 1}
steps:
  - connect: {from: p1-u1, to: all but p1-u1}
    expect: {fails: reach}
"""


def limited(limits: str, *arguments: str, cwd: Path) -> Ended:
    return as_process(*arguments, cwd=cwd, program=["sh", "-c", f'{limits} && exec "$0" "$@"', *SIMULATOR])


@pytest.mark.parametrize(("text", "most"), [(CROWD, 16), (DOWN, 24), (CROWD, 64), (DOWN, 96)])
def test_open_files(tmp_path: Path, most: int, text: str) -> None:
    (tmp_path / "s.yaml").write_text(text)
    ended = limited(f"ulimit -n {most}", "run", "s.yaml", cwd=tmp_path)
    assert ended.code == 3
    assert f"too many open files: this process may have {most} at a time (ulimit -n)" in ended.out + ended.err
    assert "Traceback" not in ended.out + ended.err
    assert "the simulator itself failed" not in ended.out + ended.err
    assert "--debug" not in ended.out + ended.err


def test_so_few_that_nothing_can_start(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(CROWD)
    ended = limited("ulimit -n 6", "run", "s.yaml", cwd=tmp_path)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        "mimi-sim: this machine can't do it: too many open files: this process may have 6 at a time (ulimit -n)\n"
    )


def test_with_workers(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(CROWD)
    ended = limited("ulimit -n 36", "run", ".", "-j", "2", cwd=tmp_path)
    assert ended.code == 3
    assert ended.out.count("this machine can't do it, not the scenario: ") == 2
    assert "Traceback" not in ended.out + ended.err


def test_a_soft_limit_is_no_limit(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(CROWD)
    assert limited("ulimit -Sn 64", "run", "s.yaml", cwd=tmp_path).code == 0


def test_no_free_port_and_no_network(tmp_path: Path) -> None:
    """In a network namespace of its own, where that may be made."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespace can be made here")
    own = [unshare, "-rn", "sh", "-c"]
    few = 'ip link set lo up && echo 40000 40009 >/proc/sys/net/ipv4/ip_local_port_range && exec "$0" "$@"'
    (tmp_path / "s.yaml").write_text(CROWD)
    ended = as_process("run", "s.yaml", cwd=tmp_path, program=[*own, few, *SIMULATOR])
    assert ended.code == 3
    assert "no free port on this machine (net.ipv4.ip_local_port_range is 40000 to 40009)" in ended.out
    (tmp_path / "s.yaml").write_text(PASSING)
    ended = as_process("run", "s.yaml", cwd=tmp_path, program=[*own, 'exec "$0" "$@"', *SIMULATOR])
    assert ended.code == 3
    assert "this machine" in ended.out
    assert os.fspath(tmp_path) not in ended.out
