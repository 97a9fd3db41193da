"""Lines for a shell: how curl asks the providers of a running federation."""

import string
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import join, quote

from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Outgoing
from simulator.net import Address

SENDER = "curl.example"
"""The provider in whose name the lines ask."""

_PLAIN = set((string.ascii_letters + string.digits + ".").encode())


def curl_lines(
    draft: Draft, provider: str, service_host: str, address: Address, ca: Path, client: Path | None
) -> Iterator[str]:
    """Where a provider is, and its key if it has one. `client` is what mutual TLS wants to be shown."""
    common = ["curl", "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", "--cacert", str(ca)]
    common += ["--cert", str(client)] if client else []
    yield _line(draft.discovery.write(SENDER, provider), provider, address, common)
    if draft.provider_keys is not None:
        yield _line(draft.provider_keys.write(SENDER, provider), service_host, address, common) + " | od -A d -t x1z"


def _line(outgoing: Outgoing, host: str, address: Address, common: Sequence[str]) -> str:
    """The request as curl sends it to a host at an address; its body comes from `printf`."""
    request, row = outgoing.wire_request, outgoing.endpoint
    ask = [*common, "--connect-to", f"{host}:443:{address.host}:{address.port}"]
    headers = [*request.headers, *((("Content-Type", row.request_type),) if row.request is not None else ())]
    if row.request is not None or request.method != "GET":
        ask += ["--request", request.method]
    for name, value in headers:
        ask += ["--header", f"{name}: {value}"]
    if row.request is not None:
        ask += ["--data-binary", "@-"]
    asking = join([*ask, f"https://{host}{request.path}"])
    return asking if row.request is None else f"printf {quote(octal(request.body))} | {asking}"


def control_line(url: str, header: Path) -> str:
    """What the control interface can do. `header` is a file with the header that has its token: no word of a command
    line is secret, for everybody on a machine can list processes.
    """
    return join(["curl", "--silent", "--noproxy", "*", "--header", f"@{header}", url])


def octal(data: bytes) -> str:
    """Bytes as the format of `printf`, in any shell."""
    return "".join(chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in data)
