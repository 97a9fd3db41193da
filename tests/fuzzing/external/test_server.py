"""A file says where the server is; what it does not say, or says twice, is told in a sentence."""

from pathlib import Path

import pytest

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.fuzzing.external.server import server_in, server_of
from simulator.fuzzing.kinds import Kind
from simulator.net import Authority

THERE = "external: {address: 127.0.0.1, port: 9, ca: ca.pem%s}"


def written(folder: Path, *lines: str) -> Path:
    (folder / "ca.pem").write_bytes(Authority().certificate_pem)
    file = folder / "over.yaml"
    file.write_text("\n".join(["providers:", *(f"  {line}" for line in lines)]) + "\n")
    return file


def test_it_takes_a_place_among_those_of_ours_that_have_a_port(tmp_path: Path) -> None:
    file = written(tmp_path, f"b.example: {{{THERE % ''}}}", "a.example: {port: 7001}", "m.example: {port: 7013}")
    server = server_in(file)
    assert (server.name, server.where) == ("b.example", "b.example at 127.0.0.1:9")
    assert [spec.name for spec in server.federation().providers] == ["a.example", "m.example", "b.example"]
    assert server.kind == Kind("mimi-transport-00")
    assert server_of(str(server.kind), file) == server
    with pytest.raises(SimulatorError, match=r"b\.example is in the environment mimi-transport-00, HTTP/1\.1, suite 1"):
        server_of("mimi-transport-00, HTTP/2, suite 1", file)
    assert server_in(file, registry.named("mimi-protocol-06")).kind == Kind("mimi-protocol-06")


def test_a_draft_that_the_file_does_not_have(tmp_path: Path) -> None:
    file = written(tmp_path, f"b.example: {{{THERE % ''}}}", "a.example: {port: 7001}")
    file.write_text("draft: mimi-transport-01\n" + file.read_text())
    assert server_in(file).kind.draft == "mimi-transport-01"
    with pytest.raises(SimulatorError, match=r'its "draft" is mimi-transport-01, and mimi-transport-00 is wanted'):
        server_in(file, registry.named("mimi-transport-00"))


def test_suite_and_mutual_tls_are_the_servers(tmp_path: Path) -> None:
    said = THERE % ", suite: 3, mutual_tls: true"
    server = server_in(written(tmp_path, f"c.example: {{{said}}}", "a.example: {port: 7001}"))
    assert server.kind == Kind("mimi-transport-00", suite=3, mutual_tls=True)


def test_another_file_is_another_server(tmp_path: Path) -> None:
    file = written(tmp_path, f"b.example: {{{THERE % ''}}}", "a.example: {port: 7001}")
    first = server_in(file).digest
    assert server_in(file).digest == first
    file.write_text(file.read_text().replace("port: 9", "port: 10"))
    assert server_in(file).digest != first


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["a.example: {port: 7001}"], "one provider is fuzzed at a time, .* in this file: none"),
        (
            [f"b.example: {{{THERE % ''}}}", f"c.example: {{{THERE % ''}}}", "a.example: {port: 7001}"],
            "in this file: b.example and c.example",
        ),
        ([f"b.example: {{{THERE % ''}}}"], r"b.example has to find who asks it: .* `a.example: \{port: 7001\}`"),
        ([f"b.exmple: {{{THERE % ''}}}"], r'no provider b.exmple here \(did you mean "b.example"\?\)'),
        ([f"b.example: {{{THERE % ''}, max_body: 9}}", "a.example: {port: 7001}"], "its max_body can't be set"),
    ],
)
def test_what_can_not_be(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(SimulatorError, match=said):
        server_in(written(tmp_path, *lines)).federation()
