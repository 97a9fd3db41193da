"""A client that does not connect as it should."""

from typing import Annotated, ClassVar, Literal

from simulator.errors import SimulatorError
from simulator.net import TLSOutcome, TLSRefusal, TLSRefused, probe_plain, probe_tls
from simulator.scenario.names import Checked, ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step


def _server_name(text: str) -> None:
    """Raises SimulatorError for what OpenSSL puts into no hello."""
    if not text.isascii() or "\0" in text or text.startswith(".") or len(text) > 255:
        raise SimulatorError(
            f'"{text}" can\'t be sent: a server name is ASCII (RFC 6066 section 3; other letters as xn--...), 255 bytes'
            " at most, without a zero byte and without a dot at its start"
        )


def _application(text: str) -> None:
    """Raises SimulatorError for what OpenSSL puts into no hello."""
    if not text.isascii() or not 1 <= len(text) <= 255:
        raise SimulatorError(f'"{text}" can\'t be sent: an application protocol is ASCII here, 1 to 255 bytes')


class ProbeTLS(Step, frozen=True, tag="probe_tls"):
    """Try a handshake with a provider's server: with an old TLS version, another server name
    or application protocol, or no TLS at all.
    """

    conduct: ClassVar[Conduct] = Conduct.unusual
    shorthand: ClassVar[str] = "to"

    to: ProviderRef
    maximum_version: Literal["1.2", "1.3", "none"] = "1.2"
    """The newest version that is offered; `none` is HTTP without TLS."""
    server_name: Annotated[str, Checked(_server_name)] | None = None
    """What the hello says instead of the service host's name (SNI); empty text for nothing. Needs version 1.3."""
    application: Annotated[str, Checked(_application)] | None = None
    """The application protocol that it offers instead of HTTP (ALPN). Needs version 1.3."""

    certificate_of: ProviderRef | None = None
    """The provider whose certificate the client shows where one is wanted; none if not said."""

    def __post_init__(self) -> None:
        if self.maximum_version != "1.3" and (self.server_name, self.application) != (None, None):
            raise SimulatorError('another "server_name" or "application" needs maximum_version: "1.3"')

    async def run(self, context: Context) -> None:
        """Only a handshake. Raises TLSRefused if one side refuses it."""
        outcome = await self._probe(context)
        if isinstance(outcome, TLSRefusal):
            host = context.session.peer(self.to).service_host
            client = (
                "a client without TLS" if self.maximum_version == "none" else f"a TLS {self.maximum_version} client"
            )
            raise TLSRefused(client, f"https://{host}", outcome.reason)

    async def _probe(self, context: Context) -> TLSOutcome:
        session = context.session
        host = session.peer(self.to).service_host
        if self.maximum_version == "none":
            return await probe_plain(session.network, host)
        if (self.server_name, self.application) == (None, None):
            return await session.probe_tls(
                self.to, maximum_version=self.maximum_version, certificate_of=self.certificate_of
            )
        shown = session.provider(self.certificate_of).identity if self.certificate_of else None
        careless = session.authority.careless_client_context(self.application or "http/1.1", shown)
        return await probe_tls(session.network, host, careless, self.server_name)
