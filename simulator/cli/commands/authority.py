"""`mimi-sim authority`."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import complain, say
from simulator.errors import SimulatorError


def authority(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it is made where there is none.")],
) -> None:
    """Make a certificate authority that is kept, for other people's servers to trust.

    In the folder are its certificate, ca.pem, and its private key, ca.key. A topology with `authority: DIR` uses it, so
    that all of its providers have certificates of that authority, in every run. One that is there already stays as it
    is. Prints where the certificate is.

    Exit codes: 0 there is one, 2 there is something else in the folder, or it can't be written.

    Examples:

        mimi-sim authority simulator-ca
        mimi-sim run scenarios/external --over my-server.yaml
    """
    from simulator.net.tls.kept_authority import CERTIFICATE, kept_authority

    try:
        kept_authority(folder)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    say(str(folder / CERTIFICATE))
