"""Lines for a shell; tests/interop/test_curl.py runs them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from simulator.cli.output.curl_lines import SENDER, curl_lines, octal
from simulator.drafts import DRAFTS
from simulator.drafts.requests.template import Template
from simulator.net import Address
from tests.federated import federation


@given(st.binary(max_size=40))
def test_any_bytes_survive_the_shell(data: bytes) -> None:
    format_ = octal(data)
    assert "'" not in format_
    assert "%" not in format_
    assert subprocess.run(["sh", "-c", f"printf '{format_}'"], capture_output=True, check=True).stdout == data


def test_names_and_paths_are_quoted() -> None:
    address = Address("127.0.0.1", 7001)
    lines = tuple(curl_lines(DRAFTS[0], "a.example", "ds.a.example", address, Path("/my folder/ca.pem"), None))
    assert len(lines) == 2
    assert all("--cacert '/my folder/ca.pem'" in line for line in lines)
    assert "--connect-to a.example:443:127.0.0.1:7001" in lines[0]
    assert "--connect-to ds.a.example:443:127.0.0.1:7001" in lines[1]
    assert not any("--cert " in line for line in lines)


def test_mutual_tls_wants_a_certificate() -> None:
    lines = curl_lines(DRAFTS[0], "a.example", "ds.a.example", Address("h", 1), Path("ca"), Path("mine.pem"))
    assert all("--cert mine.pem" in line for line in lines)


def test_each_line_has_all_that_the_draft_sends() -> None:
    address = Address("127.0.0.1", 7001)
    made = DRAFTS[0].discovery.write("b.example", "a.example")
    templated = replace(made.endpoint, template=Template("/where/{provider}"), method="PUT", request=bytes)
    where = replace(made, endpoint=templated, variables={"provider": "a b"}, headers=(("from", "b"),), body=b"%'")
    discovery = replace(DRAFTS[0].discovery, write=lambda sender, recipient: where)
    draft = replace(DRAFTS[0], discovery=discovery, provider_keys=None)
    (line,) = curl_lines(draft, "a.example", "ds.a.example", address, Path("ca"), None)
    assert line.startswith("printf '\\045\\047' | curl ")
    assert "--request PUT --header 'from: b' --header 'Content-Type: " in line
    assert line.endswith(" --data-binary @- https://a.example/where/a%20b")


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
async def test_pasted_into_a_shell_they_are_answered_and_what_comes_back_is_shown(tmp_path: Path) -> None:
    ca, client = tmp_path / "ca.pem", tmp_path / "client.pem"
    async with federation(draft="mimi-protocol-06") as session:
        ca.write_bytes(session.authority.certificate_pem)
        client.write_bytes(session.authority.identity(SENDER).pem)
        address = session.network.lookup("b.example")
        assert address is not None
        lines = curl_lines(session.draft, "b.example", "b.example", address, ca, client, "mimi://b.example/u/bob")
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        done = await trio.run_process(
            ["sh", "-eu"], stdin="\n".join(lines).encode(), capture_stdout=True, capture_stderr=True, env=environment
        )
    directory, title, *fields = done.stdout.decode().splitlines()
    assert json.loads(directory)["notify"] == "https://b.example/v1/notify/{roomId}"
    assert title.startswith("IdentifierResponse, ")
    assert any(line.endswith("[0] = 'mimi://b.example/u/bob'") for line in fields)
    assert done.stderr == b""
