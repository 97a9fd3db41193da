"""Lines for a shell: how curl asks the providers of a running federation."""

import string
from collections.abc import Iterator
from pathlib import Path
from shlex import join, quote

from simulator.drafts.draft import Draft
from simulator.net import Address

SENDER = "curl.example"
"""The provider in whose name the lines ask."""

_PLAIN = set((string.ascii_letters + string.digits + ".").encode())


def curl_lines(
    draft: Draft, provider: str, service_host: str, address: Address, ca: Path, client: Path | None
) -> Iterator[str]:
    """Where a provider is, and its key if it has one. `client` is what mutual TLS wants to be shown."""
    discovery = draft.discovery.endpoint
    common = ["curl", "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", "--cacert", str(ca)]
    common += ["--cert", str(client)] if client else []
    ask = [*common, "--connect-to", f"{provider}:443:{address.host}:{address.port}"]
    yield join([*ask, f"https://{provider}{discovery.path}"])
    if draft.provider_keys is None:
        return
    question = draft.provider_keys.write(SENDER, provider)
    row = question.endpoint
    ask = [*common, "--connect-to", f"{service_host}:443:{address.host}:{address.port}"]
    ask += ["--request", row.method, "--header", f"Content-Type: {row.media_type}", "--data-binary", "@-"]
    asking = join([*ask, f"https://{service_host}{row.path}"])
    yield f"printf {quote(octal(question.body))} | {asking} | od -A d -t x1z"


def control_line(url: str, header: Path) -> str:
    """What the control interface can do. `header` is a file with the header that has its token: no word of a command
    line is secret, for everybody on a machine can list processes.
    """
    return join(["curl", "--silent", "--noproxy", "*", "--header", f"@{header}", url])


def octal(data: bytes) -> str:
    """Bytes as the format of `printf`, in any shell."""
    return "".join(chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in data)
