"""A certificate authority that is kept in a folder: whoever trusts it once trusts it in every run."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import trustme

from simulator.errors import SimulatorError
from simulator.net.tls.pki import Authority
from simulator.services.names import BadName, fqdn
from simulator.trace.saving import replace_file

CERTIFICATE = "ca.pem"
KEY = "ca.key"


class BadAuthority(SimulatorError):
    """A folder that holds no certificate authority, and can't be made into one."""


def kept_authority(folder: Path) -> Authority:
    """The authority in `folder`, made if there is none: its certificate in `ca.pem`, its private key in `ca.key`.

    Several processes may make it at once: one of them does, the others find it. Raises BadAuthority.
    """
    try:
        if not (folder / CERTIFICATE).exists():
            _make(folder)
        return Authority.from_pem((folder / CERTIFICATE).read_bytes(), (folder / KEY).read_bytes())
    except OSError as error:
        raise BadAuthority(f"no certificate authority in {folder}: {error.strerror or error}") from None
    except (ValueError, TypeError) as error:
        raise BadAuthority(f"{CERTIFICATE} and {KEY} in {folder} are no certificate and key: {error}") from None


def issue_certificate(authority: Authority, folder: Path, names: Sequence[str]) -> Path:
    """A certificate for these DNS names, a provider's domain first, with its key: in a file of the folder that is
    called as the first. Raises BadAuthority.
    """
    for name in names:
        try:
            fqdn(name)
        except BadName as error:
            raise BadAuthority(str(error)) from None
    path = folder / f"{names[0]}.pem"
    try:
        replace_file(path, [authority.identity(*names).pem], private=True)
    except OSError as error:
        raise BadAuthority(f"{path} can't be written: {error.strerror or error}") from None
    return path


def _make(folder: Path) -> None:
    """Write it beside the place where it belongs, and put it there whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    ca = trustme.CA()
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".authority-") as beside:
        made = Path(beside) / "made"
        made.mkdir()
        replace_file(made / KEY, [ca.private_key_pem.bytes()], private=True)
        (made / CERTIFICATE).write_bytes(ca.cert_pem.bytes())
        try:
            made.rename(folder)
        except OSError:
            if not (folder / CERTIFICATE).exists():
                raise
