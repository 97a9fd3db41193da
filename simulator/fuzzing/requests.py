"""Target: every endpoint of a draft, over HTTPS."""

from simulator.federation.session import RawReply
from simulator.fuzzing.altered_requests import AlteredRequests
from simulator.fuzzing.consequences import Consequences, check_faults
from simulator.fuzzing.environment import Environment
from simulator.mutation.cases import Case, Shot
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random
from simulator.services.refusal import Code, Refusal

OF_HTTP = {404, 405, 413, 415, 421}
"""Statuses of refusals for which HTTP has one of its own."""


class Requests:
    """Shoots at the providers of an environment."""

    name = "requests"

    def __init__(self, environment: Environment) -> None:
        """Raises Misuse where there is no valid request to begin with."""
        self._altered = AlteredRequests(environment)
        self._environment = environment
        self._consequences = Consequences(environment)
        self._rows = {row.name: row for row in environment.session.draft.endpoints}

    def case(self, rng: Random) -> Case:
        """A request with something altered."""
        return self._altered.case(rng)

    def shot(self, case: Case) -> Shot:
        """The body, and who sends it where."""
        return self._altered.shot(case)

    def place(self, case: Case) -> str:
        """The endpoint."""
        return self._altered.place(case)

    async def fire(self, shot: Shot) -> str:
        """Send it: refused without a trace, or accepted with sound consequences."""
        reply = await self._environment.send(shot)
        check_faults(self._environment.session)
        if reply.error is not None:
            hold(reply.error != "internal", reply.description)
            hold(self._is_refusal(shot, reply), (reply.http, reply.error))
            hold(self._environment.unchanged(), f"a refusal ({reply.error}) has changed a store")
            return f"{reply.http} {'refused: ' * (reply.http < 300)}{reply.error}"
        hold(reply.http == self._rows[shot["endpoint"]].success, reply.http)
        try:
            outcome = await self._consequences.check(shot)
            valid = bytes.fromhex(shot["body"]) in self._altered.valid
            return f"{reply.http} valid anyway" if valid else f"{reply.http} {outcome}".strip()
        finally:
            await self._environment.restore()

    def _is_refusal(self, shot: Shot, reply: RawReply) -> bool:
        """Whether status and code fit together."""
        row, usual = self._rows[shot["endpoint"]], self._environment.session.draft.refusals
        refusal = Refusal(Code(reply.error or ""), "")
        statuses = {each.write(refusal).status for each in (row.refusals, usual)} | OF_HTTP
        return reply.http in statuses or (row.refusals is not usual and reply.http == row.success)
