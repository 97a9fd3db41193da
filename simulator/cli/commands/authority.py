"""`mimi-sim authority`."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import complain, say
from simulator.errors import SimulatorError


def authority(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it is made where there is none.")],
    issue: Annotated[
        list[str] | None,
        typer.Option(
            "--issue", metavar="NAME[,NAME...]", help="Issue a certificate for a provider, and for its hosts."
        ),
    ] = None,
) -> None:
    """Make a certificate authority that is kept, for other people's servers to trust.

    In the folder are its certificate, ca.pem, and its private key, ca.key. A topology with `authority: DIR` uses it, so
    that all of its providers have certificates of that authority, in every run. One that is there already stays as it
    is. Prints where the certificate is.

    What is issued is for your own server, as one that serves and as one that asks others: NAME.pem in the folder, with
    the private key. It is made anew each time, and only you may read it.

    Exit codes: 0 there is one, 2 there is something else in the folder, or it can't be written.

    Examples:

        mimi-sim authority simulator-ca
        mimi-sim authority my-ca --issue b.example
        mimi-sim run scenarios/external --over my-server.yaml
    """
    from simulator.net.tls.kept_authority import CERTIFICATE, issue_certificate, kept_authority

    try:
        made = kept_authority(folder)
        issued = [issue_certificate(made, folder, names.split(",")) for names in issue or ()]
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    for path in (folder / CERTIFICATE, *issued):
        say(str(path))
