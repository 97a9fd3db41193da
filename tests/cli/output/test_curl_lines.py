"""Lines for a shell; tests/interop/test_curl.py runs them."""

import subprocess
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from simulator.cli.output.curl_lines import curl_lines, octal
from simulator.drafts import DRAFTS
from simulator.drafts.requests.template import Template
from simulator.net import Address


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
