"""What the machine on which the simulator runs lacks or refuses: descriptors, ports, memory, a network, a disk.

Neither a verdict on a peer nor a bug of ours. A peer's refusal has another errno (ECONNREFUSED, ECONNRESET, ETIMEDOUT,
EHOSTUNREACH); `machine_failure` tells them apart, and is the only place that does.
"""

import errno
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import resource


class MachineFailure(Exception):
    """The machine can't do what the simulator needs; the message is a sentence for people, shown without traceback."""


def machine_failure(error: BaseException, doing: str = "") -> MachineFailure | None:
    """What `error`, or what it was caused by, says about this machine; None where it says nothing about it.

    `doing` is put in front of the sentence. Of several attempts (a name with several addresses) those that found no
    way, as to IPv6 where there is none, do not count where another one came as far as the peer.
    """
    leaves = list(_leaves(error))
    found = [(leaf, words) for leaf in leaves if (words := _words(leaf)) is not None]
    if any(isinstance(leaf, OSError) and _words(leaf) is None for leaf in leaves):
        found = [(leaf, words) for leaf, words in found if getattr(leaf, "errno", None) not in _NO_WAY]
    if not found:
        return None
    leaf, words = found[0]
    return leaf if isinstance(leaf, MachineFailure) else MachineFailure(f"{doing}: {words}" if doing else words)


def raise_open_files_limit() -> None:
    """Let this process, and those that it starts, have as many open files as the system allows it: a connection is
    one, and a federation has many. Nothing where the system has no such limit, or refuses.
    """
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (hard, _MACOS_MOST):
        if soft == resource.RLIM_INFINITY or (wanted != resource.RLIM_INFINITY and wanted <= soft):
            return
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            return


_MACOS_MOST = 10240
"""OPEN_MAX: the most that macOS takes where it says that there is no hard limit."""


def _leaves(error: BaseException, above: tuple[BaseException, ...] = ()) -> Iterator[BaseException]:
    """What is at the bottom: of groups their parts, of an error that has a cause the cause, too.

    A part that was raised from its own group, as where the only one takes the group's place, has that above it.
    """
    if any(error is each for each in above):
        return
    above = (*above, error)
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _leaves(part, above)
        return
    below = [] if error.__cause__ is None else list(_leaves(error.__cause__, above))
    if not isinstance(error, OSError) or error.errno is not None or not below:
        yield error
    yield from below


def _words(error: BaseException) -> str | None:
    if isinstance(error, MachineFailure):
        return str(error)
    if isinstance(error, socket.gaierror):
        return _NAME_LOOKUP.get(error.errno or 0)
    if isinstance(error, MemoryError):
        return _memory()
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        return _processes()
    if isinstance(error, OSError) and error.errno is not None and not isinstance(error, ssl.SSLError):  # own numbers
        say = _OWN.get(error.errno)
        return None if say is None else say()
    return None


def _limit(name: str) -> int | None:
    """A soft limit of this process; None where there is none."""
    if sys.platform == "win32" or not hasattr(resource, name):
        return None
    soft, _ = resource.getrlimit(getattr(resource, name))
    return None if soft == resource.RLIM_INFINITY else soft


def _setting(name: str) -> str:
    """A setting of the Linux kernel in words; empty where it can't be read."""
    with suppress(OSError):
        return f" ({name.replace('/', '.')} is {' to '.join(Path('/proc/sys', name).read_text().split())})"
    return ""


def _open_files() -> str:
    limit = _limit("RLIMIT_NOFILE")
    return "too many open files" + (f": this process may have {limit} at a time (ulimit -n)" if limit else "")


def _memory() -> str:
    limit = _limit("RLIMIT_AS")
    said = f": this process may have {limit // 1024} KiB (ulimit -v)" if limit else " on this machine"
    return f"not enough memory{said}"


def _processes() -> str:
    limit = _limit("RLIMIT_NPROC")
    return "no further process or thread" + (f": this user may have {limit} (ulimit -u)" if limit else "")


def _file_size() -> str:
    limit = _limit("RLIMIT_FSIZE")
    return "the file is too large" + (f": this process may write {limit} bytes to one (ulimit -f)" if limit else "")


def _ports() -> str:
    return f"no free port on this machine{_setting('net/ipv4/ip_local_port_range')}"


def _plain(words: str) -> Callable[[], str]:
    return lambda: words


_NO_WAY = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL})
"""No way from here to this one address; to another of the same host there may be one."""

_PERMISSION = "this machine does not permit it (a firewall, a sandbox, or a file's mode)"
_NO_NETWORK = "this machine has no network that leads there"

_OWN: dict[int, Callable[[], str]] = {
    errno.EMFILE: _open_files,
    errno.ENFILE: lambda: f"too many open files on this machine{_setting('fs/file-max')}",
    errno.ENOBUFS: _plain("this machine has no buffers left for network connections"),
    errno.ENOMEM: _memory,
    errno.EADDRNOTAVAIL: _ports,
    errno.EADDRINUSE: _ports,
    errno.ENETUNREACH: _plain(_NO_NETWORK),
    errno.ENETDOWN: _plain(_NO_NETWORK),
    errno.EAFNOSUPPORT: _plain("this machine does not speak that version of IP"),
    errno.EPROTONOSUPPORT: _plain("this machine does not speak that protocol"),
    errno.EACCES: _plain(_PERMISSION),
    errno.EPERM: _plain(_PERMISSION),
    errno.EAGAIN: _processes,
    errno.ENOSPC: _plain("no space left on the disk"),
    errno.EDQUOT: _plain("the disk quota is used up"),
    errno.EFBIG: _file_size,
    errno.EROFS: _plain("the file system is read-only"),
    errno.EIO: _plain("the disk or the terminal has failed (input/output error)"),
}
"""What these mean for whoever opens sockets and files. EADDRINUSE is said where any port would have done; who asked
for a certain one says so first. EAGAIN comes from fork; sockets of ours never block."""

_NAME_LOOKUP = {
    socket.EAI_AGAIN: "no name server answers this machine",
    socket.EAI_FAIL: "the name servers of this machine fail",
    socket.EAI_MEMORY: "not enough memory on this machine to look up a name",
}
