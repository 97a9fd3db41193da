"""Lines for a shell: how curl asks the providers of a running federation."""

import string
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import join, quote

from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.net import Address
from simulator.services.commands import FindUsers

SENDER = "curl.example"
"""The provider in whose name the lines ask."""
ASKER = f"mimi://{SENDER}/u/curl"
"""Its user for whom one searches."""

_PLAIN = set((string.ascii_letters + string.digits + ".").encode())


def curl_lines(
    draft: Draft,
    provider: str,
    service_host: str,
    address: Address,
    ca: Path,
    client: Path | None,
    user: str | None = None,
) -> Iterator[str]:
    """Where a provider is, its key if it has one, and who is called as its `user` (URI), if one can search. `client` is
    what mutual TLS wants to be shown.
    """
    common = ["curl", "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", "--cacert", str(ca)]
    common += ["--cert", str(client)] if client else []
    yield _line(draft.discovery.write(SENDER, provider), provider, address, [*common, "--write-out", r"\n"])
    if draft.provider_keys is not None:
        yield _line(draft.provider_keys.write(SENDER, provider), service_host, address, common) + " | od -A d -t x1z"
    if draft.search is not None and user is not None:
        kind = draft.search.kinds[0]
        wanted = FindUsers(ASKER, provider, ((kind, draft.search.identifier(kind, user)),))
        question = draft.search.write(wanted, Requester(SENDER))
        yield f"{_line(question, service_host, address, common)} | {_decoding(draft, question)}"


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


def _decoding(draft: Draft, outgoing: Outgoing) -> str:
    """What shows the answer's fields."""
    response = outgoing.endpoint.response
    return join(["mimi-sim", "decode", response.__name__ if response else "", "--draft", draft.name])


def control_line(url: str, header: Path) -> str:
    """What the control interface can do. `header` is a file with the header that has its token: no word of a command
    line is secret, for everybody on a machine can list processes.
    """
    return join(["curl", "--silent", "--noproxy", "*", "--header", f"@{header}", url])


def octal(data: bytes) -> str:
    """Bytes as the format of `printf`, in any shell."""
    return "".join(chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in data)
