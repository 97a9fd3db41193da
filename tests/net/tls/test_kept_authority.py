"""An authority in a folder is made once, and is the same one afterwards."""

from pathlib import Path

import pytest
from cryptography import x509

from simulator.net import Authority, BadAuthority, kept_authority


def test_it_is_made_once_and_found_again(tmp_path: Path) -> None:
    made = kept_authority(tmp_path / "new" / "authority")
    found = kept_authority(tmp_path / "new" / "authority")
    assert made.certificate_pem == found.certificate_pem == (tmp_path / "new/authority/ca.pem").read_bytes()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["authority"]
    assert (tmp_path / "new/authority/ca.key").stat().st_mode & 0o077 == 0


def test_what_it_issued_before_is_good_afterwards(tmp_path: Path) -> None:
    before = x509.load_der_x509_certificate(kept_authority(tmp_path / "ca").identity("a.example").certificate)
    after = x509.load_pem_x509_certificate(kept_authority(tmp_path / "ca").certificate_pem)
    before.verify_directly_issued_by(after)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    kept_authority(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ca.key", "ca.pem"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(BadAuthority, match=r"no certificate authority in .*: Directory not empty"):
        kept_authority(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_missing_key(tmp_path: Path) -> None:
    kept_authority(tmp_path)
    (tmp_path / "ca.key").unlink()
    with pytest.raises(BadAuthority, match="No such file"):
        kept_authority(tmp_path)


def test_rubbish(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    (tmp_path / "ca.key").write_text("secret")
    with pytest.raises(BadAuthority, match=r"ca\.pem and ca\.key in .* are no certificate and key"):
        kept_authority(tmp_path)
