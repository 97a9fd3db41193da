"""What of one provider has to do with tokens, put together."""

from collections.abc import Callable
from functools import partial

from simulator.dataclass import dataclass
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.provider.incoming.token_guard import TokenGuard
from simulator.provider.incoming.token_issuer import TokenIssuer
from simulator.provider.outgoing.payer import Payer
from simulator.provider.outgoing.token_directories import DirectoryCopies
from simulator.provider.outgoing.token_fetching import TokenFetcher
from simulator.provider.parts import Parts
from simulator.services.tokens import issuing
from simulator.services.tokens.settings import TokenSettings


@dataclass(frozen=True, slots=True)
class TokenParts:
    """One provider's."""

    settings: TokenSettings
    directories: DirectoryCopies
    guard: TokenGuard
    fetcher: TokenFetcher
    _parts: Parts

    @classmethod
    def of(cls, settings: TokenSettings, parts: Parts) -> "TokenParts":
        """Those of a provider with these settings, which pays from now on."""
        executor, request = parts.executor, parts.peers.request
        directories = DirectoryCopies(executor, request, parts.work_tracker)
        fetcher = TokenFetcher(
            settings, parts.draft, executor, directories, request, parts.work_tracker, parts.failpoints
        )
        parts.peers.payer = Payer(settings, executor, directories, fetcher, parts.work_tracker, parts.failpoints)
        return cls(settings, directories, TokenGuard(settings, executor, directories), fetcher, parts)

    def protects(self, path: str) -> bool:
        """Whether a token is demanded at a path."""
        return self.guard.protects(self._parts.draft.endpoint(path)[0])

    async def fetch(self, origin: str) -> int:
        """Get tokens for the present challenge of an origin (host) before any are needed: for the provider, or for each
        user who has none. How many came. Raises as `Payer.fetch`.
        """
        users = self._parts.executor.store.users.all()
        return 0 if self._parts.peers.payer is None else await self._parts.peers.payer.fetch(origin, users)

    def rotate_key(self) -> None:
        """Make a new key to issue with, before its time."""
        self._parts.executor.do(partial(issuing.rotate, self.settings.window))

    def issuer(self, handler: RequestHandler, report: Callable[[Exception], None]) -> TokenIssuer | None:
        """Who serves token requests; None where it issues nothing."""
        if self.settings.issues is None:
            return None
        return TokenIssuer(self.settings.issues, self.settings.window, self._parts, handler, report)
