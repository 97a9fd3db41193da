"""Issuers' directories, as one provider knows them: one copy of each, for all its users."""

import re
from collections.abc import Awaitable, Sequence
from functools import partial
from typing import Protocol

from simulator.drafts.issuer_endpoints import DIRECTORY
from simulator.drafts.requests.endpoint import Reply
from simulator.drafts.requests.wire_request import Headers
from simulator.errors import SimulatorError
from simulator.net import TransportError
from simulator.privacy_pass.directory import MEDIA_TYPE, directory_url, read_directory
from simulator.privacy_pass.following import DAY, RENEWAL, KeptDirectory, renewed
from simulator.provider.outgoing.single_flight import SingleFlight
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker
from simulator.rules import Rule, enforced_by, refuse
from simulator.services.service_context import ServiceContext


class NoDirectory(SimulatorError):
    """The directory of an issuer can't be had now."""


HAD = Rule("PP-DIRECTORY-1", NoDirectory, "ANSWER", "there are no keys")

_MAX_AGE = re.compile(r"max-age=([0-9]{1,10})")


class Request(Protocol):
    """Carry out one exchange of HTTPS that belongs to no draft. Raises TransportError."""

    def __call__(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        content_type: str | None = None,
        headers: Headers = (),
        endpoint: str,
        recipient: str,
    ) -> Awaitable[Reply]: ...


class DirectoryCopies:
    """Asks over HTTPS, follows no redirect, and remembers in the provider's store."""

    def __init__(self, executor: ServiceExecutor, request: Request, work_tracker: WorkTracker) -> None:
        self._executor = executor
        self._request = request
        self._fetching: SingleFlight[KeptDirectory] = SingleFlight(work_tracker)

    async def of(self, issuer: str, *, renew: bool = False) -> KeptDirectory:
        """The copy of an issuer's directory; a new one where that is over, or to be renewed and may be.

        Raises NoDirectory, and InvalidDirectory for what the issuer should not have published.
        """
        kept = self._executor.do(lambda context: context.store.token_directories.get(issuer))
        now = self._executor.context().elapsed
        if kept is not None and now < kept.until and not (renew and kept.may_be_renewed(now)):
            return kept
        with enforced_by(self._executor.enforcement):
            return await self._fetching.ask(issuer, partial(self._fetch, issuer))

    async def _fetch(self, issuer: str) -> KeptDirectory:
        url = directory_url(issuer)
        try:
            reply = await self._request("GET", url, endpoint=DIRECTORY, recipient=issuer)
        except TransportError as why:
            refuse(HAD, f"the directory of {issuer} can't be had: {why}", why)
        if reply.status != 200 or (reply.header("content-type") or "").strip().lower() != MEDIA_TYPE:
            refuse(HAD, f"{url} did not answer with a directory (HTTP {reply.status})")
        directory = read_directory(reply.body)

        def keep(context: ServiceContext) -> KeptDirectory:
            rows = context.store.token_directories
            kept = renewed(rows.get(issuer), directory, _max_age(reply.headers), context.elapsed)
            rows.put(issuer, kept)
            return kept

        return self._executor.do(keep)


def _max_age(headers: Sequence[tuple[str, str]]) -> int:
    """How long a copy is good, in seconds: not so short that it is asked for all the time, a day at most."""
    values = [_MAX_AGE.search(value.lower()) for name, value in headers if name.lower() == "cache-control"]
    said = next((int(found[1]) for found in values if found is not None), 0)
    return min(max(said, RENEWAL), DAY)
