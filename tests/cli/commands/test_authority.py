"""`mimi-sim authority`."""

import ssl
from pathlib import Path

import pytest

from tests.cli.process import mimi_sim


def test_it_is_made_once(tmp_path: Path) -> None:
    made = mimi_sim("authority", "new/ca", cwd=tmp_path)
    assert (made.code, made.out, made.err) == (0, "new/ca/ca.pem\n", "")
    kept = {name: (tmp_path / "new" / "ca" / name).read_bytes() for name in ("ca.pem", "ca.key")}
    assert kept["ca.pem"].startswith(b"-----BEGIN CERTIFICATE-----")
    again = mimi_sim("authority", "new/ca", cwd=tmp_path)
    assert (again.code, again.out) == (0, made.out)
    assert kept == {name: (tmp_path / "new" / "ca" / name).read_bytes() for name in kept}


def test_a_folder_with_something_else_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    ended = mimi_sim("authority", ".", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "no certificate" in ended.err
    assert [file.name for file in tmp_path.iterdir()] == ["ca.pem"]


def test_it_issues_what_a_server_of_somebody_else_s_shows(tmp_path: Path) -> None:
    made = mimi_sim("authority", "ca", "--issue", "b.example,ds.b.example", cwd=tmp_path)
    assert (made.code, made.out) == (0, "ca/ca.pem\nca/b.example.pem\n")
    pem = tmp_path / "ca" / "b.example.pem"
    assert pem.stat().st_mode & 0o077 == 0
    names = ssl._ssl._test_decode_cert(str(pem))["subjectAltName"]  # type: ignore[attr-defined]
    assert names == (("DNS", "b.example"), ("DNS", "ds.b.example"))
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(pem)


@pytest.mark.parametrize("name", ["b", "../b.example", "B.example", "b.example,"])
def test_it_issues_nothing_for_what_is_no_name(tmp_path: Path, name: str) -> None:
    ended = mimi_sim("authority", "ca", "--issue", name, cwd=tmp_path)
    assert ended.code == 2
    assert "is no FQDN" in ended.err
    assert sorted(file.name for file in (tmp_path / "ca").iterdir()) == ["ca.key", "ca.pem"]
