"""Somebody else's HTTP client: curl against a federation that is up."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_transport_00.messages.common import ErrorCode, ErrorResponse
from simulator.drafts.mimi_transport_00.messages.verification_key import (
    ProviderKey,
    VerificationKeyRequest,
    VerificationKeyResponse,
)
from tests.served import Served, served

CURL = shutil.which("curl")
pytestmark = pytest.mark.skipif(CURL is None, reason="there is no curl on this machine")

OCTETS = ("--header", "Content-Type: application/octet-stream")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("curl")) as running:
        yield running


@dataclass(frozen=True)
class Got:
    """What curl brought back."""

    code: int
    status: str
    version: str
    body: bytes
    errors: str


def _curl(up: Served, url: str, *options: str, body: bytes = b"") -> Got:
    found = up.federation["providers"]["a.example"]
    there = f"{found['address']}:{found['port']}"
    command = [
        "curl",
        "--silent",
        "--show-error",
        "--max-time",
        "20",
        "--noproxy",
        "*",
        "--cacert",
        up.federation["ca"],
    ]
    command += ["--connect-to", f"::{there}", "--write-out", "%{stderr}%{http_code} %{http_version}\n", *options, url]
    done = subprocess.run(command, input=body, capture_output=True, timeout=30, check=False)
    *errors, last = done.stderr.decode().splitlines()
    if done.returncode and not last[:1].isdigit():
        last, errors = errors[0], [last]
    status, version = last.split()
    return Got(done.returncode, status, version, done.stdout, "\n".join(errors))


@pytest.mark.parametrize(("option", "version"), [("--http1.1", "1.1"), ("--http2", "2")])
def test_discovery(up: Served, option: str, version: str) -> None:
    got = _curl(up, "https://a.example/.well-known/mimi/ds-domain", option)
    assert (got.code, got.status, got.version, got.body.strip()) == (0, "200", version, b"ds.a.example")


@pytest.mark.parametrize(("option", "version"), [("--http1.1", "1.1"), ("--http2", "2")])
def test_verification_key(up: Served, option: str, version: str) -> None:
    body = encode(VerificationKeyRequest(version=1, sender="curl.example", recipient="a.example"))
    ask = ("--request", "GET", *OCTETS, "--data-binary", "@-")
    got = _curl(up, "https://ds.a.example/verification_key", option, *ask, body=body)
    assert (got.code, got.status, got.version) == (0, "200", version)
    key = decode(VerificationKeyResponse, got.body).body
    assert isinstance(key, ProviderKey)
    said = up.federation["providers"]["a.example"]["verification_key"]["public_key"]
    assert (key.provider, key.public_key.hex(), key.signature_scheme) == ("a.example", said, 0x0807)


@pytest.mark.parametrize("option", ["--http1.1", "--http2"])
def test_a_malformed_body(up: Served, option: str) -> None:
    got = _curl(
        up, "https://ds.a.example/group_operation", option, *OCTETS, "--data-binary", "@-", body=b"\x00\x01\xff"
    )
    assert got.status == "400"
    assert decode(ErrorResponse, got.body).error.code is ErrorCode.malformed


def test_a_request_for_another_provider(up: Served) -> None:
    body = encode(VerificationKeyRequest(version=1, sender="curl.example", recipient="b.example"))
    ask = ("--request", "GET", *OCTETS, "--data-binary", "@-")
    got = _curl(up, "https://ds.a.example/verification_key", *ask, body=body)
    assert got.status == "403"
    assert decode(ErrorResponse, got.body).error.code is ErrorCode.wrong_recipient


def test_tls_1_2_is_refused(up: Served) -> None:
    got = _curl(up, "https://a.example/.well-known/mimi/ds-domain", "--tls-max", "1.2")
    assert (got.code, got.status) == (35, "000"), got
    assert "protocol version" in got.errors


def test_without_our_ca_the_certificate_is_not_believed(up: Served) -> None:
    got = _curl(up, "https://a.example/.well-known/mimi/ds-domain", "--capath", "/nowhere", "--cacert", "/dev/null")
    assert got.code in (60, 77)
    assert got.status == "000"


def test_the_printed_lines_work_as_they_are(up: Served) -> None:
    """Pasted into a shell, comments and all."""
    done = subprocess.run(
        ["sh", "-eu"], input="".join(up.lines), capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == ""
    assert "ds.a.example" in done.stdout
    assert "ds.b.example" in done.stdout
    for provider in up.federation["providers"].values():
        key = provider["verification_key"]["public_key"]
        assert key in "".join(_hex_of(done.stdout))
    assert '"/connect"' in done.stdout


def _hex_of(dump: str) -> Iterator[str]:
    """The bytes in the lines of `od -t x1z`."""
    for line in dump.splitlines():
        offset, _, rest = line.partition(" ")
        if offset.isdigit():
            yield rest.partition(">")[0].replace(" ", "")


def test_the_control_interface(up: Served) -> None:
    """As the README has it."""
    control = up.federation["control"]
    json = ("--header", "Content-Type: application/json")
    made = subprocess.run(
        ["curl", "--silent", "--fail", *json, "--data", '{"by": "bob"}', f"{control}/create"],
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert b"mimi://b.example/g/" in made.stdout
    page = ("--header", "Origin: https://evil.example")
    refused = subprocess.run(
        ["curl", "--silent", *json, *page, "--data", '{"by": "bob"}', f"{control}/create"],
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert b'"web_page"' in refused.stdout
