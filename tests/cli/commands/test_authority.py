"""`mimi-sim authority`."""

from pathlib import Path

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
