"""What says something about this machine, and what about a peer: by errno, whatever an error was wrapped in."""

import errno
import os
import resource
import socket
import ssl
import subprocess
import sys

import pytest
import trio

from simulator.machine import MachineFailure, machine_failure, raise_open_files_limit
from tests.limited import no_further_files

OURS = (
    "EMFILE ENFILE ENOBUFS ENOMEM EADDRNOTAVAIL EADDRINUSE ENETUNREACH ENETDOWN EACCES EPERM ENOSPC EDQUOT EFBIG EROFS"
)

THEIRS = "ECONNREFUSED ECONNRESET ETIMEDOUT EHOSTUNREACH EPIPE ECONNABORTED ENOENT EISDIR"


def os_error(name: str) -> OSError:
    number: int = getattr(errno, name)
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("name", OURS.split())
def test_what_this_machine_lacks(name: str) -> None:
    failure = machine_failure(os_error(name), "alice can't ask bob")
    assert isinstance(failure, MachineFailure)
    assert str(failure).startswith("alice can't ask bob: ")
    assert "Errno" not in str(failure)


@pytest.mark.parametrize("name", THEIRS.split())
def test_what_a_peer_does(name: str) -> None:
    assert machine_failure(os_error(name)) is None


def test_sentences_name_the_limit_with_its_number() -> None:
    with no_further_files() as limit:
        with pytest.raises(OSError, match="Too many") as raised:
            socket.socket()
        words = str(machine_failure(raised.value))
    assert words == f"too many open files: this process may have {limit} at a time (ulimit -n)"
    assert "ip_local_port_range is " in str(machine_failure(os_error("EADDRNOTAVAIL")))
    assert "file-max is " in str(machine_failure(os_error("ENFILE")))


def test_memory_threads_and_name_servers() -> None:
    assert "not enough memory" in str(machine_failure(MemoryError()))
    assert "thread" in str(machine_failure(RuntimeError("can't start new thread")))
    assert machine_failure(RuntimeError("something else")) is None
    assert "name server" in str(machine_failure(socket.gaierror(socket.EAI_AGAIN, "Temporary failure")))
    assert machine_failure(socket.gaierror(socket.EAI_NONAME, "Name or service not known")) is None


def test_openssl_has_numbers_of_its_own() -> None:
    for number in range(1, 12):
        assert machine_failure(ssl.SSLError(number, "certificate verify failed")) is None


def test_it_is_found_below_what_it_was_wrapped_in() -> None:
    wrapped = trio.BrokenResourceError("socket connection broken")
    wrapped.__cause__ = os_error("ENOBUFS")
    assert "buffers" in str(machine_failure(BaseExceptionGroup("", [ValueError(), ExceptionGroup("", [wrapped])])))
    known = MachineFailure("the disk is full")
    assert machine_failure(ExceptionGroup("", [known])) is known
    while_handling = ValueError("a bug in what follows")
    while_handling.__context__ = os_error("EMFILE")
    assert machine_failure(while_handling) is None


def test_an_error_that_was_raised_from_its_own_group_is_looked_at_once() -> None:
    found = os_error("EMFILE")
    for only in (found, os_error("ENOTCONN")):
        group = ExceptionGroup("of a nursery", [only])
        only.__cause__ = group  # raise only from group
        assert (machine_failure(group) is None, machine_failure(only) is None) == (only is not found,) * 2


def attempts(*names: str) -> OSError:
    """What trio raises where no address of a host can be reached."""
    failed = OSError("all attempts to connect failed")
    failed.__cause__ = ExceptionGroup("", [os_error(name) for name in names])
    return failed


def test_of_several_addresses_one_without_a_way_counts_only_if_no_other_had_one() -> None:
    assert machine_failure(attempts("ENETUNREACH", "ECONNREFUSED")) is None
    assert machine_failure(attempts("EAFNOSUPPORT", "ETIMEDOUT")) is None
    assert "network" in str(machine_failure(attempts("ENETUNREACH", "ENETUNREACH")))
    assert "open files" in str(machine_failure(attempts("ECONNREFUSED", "EMFILE")))


def test_the_soft_limit_becomes_the_hard_one() -> None:
    program = (
        "import resource; from simulator.machine import raise_open_files_limit as f; f(); f();"
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    limited = ["sh", "-c", 'ulimit -Sn 100 && ulimit -Hn 300 && exec "$0" "$@"', sys.executable, "-c", program]
    assert subprocess.check_output(limited, text=True).split() == ["300", "300"]
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    raise_open_files_limit()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= before[0]
