"""Target: every endpoint of somebody else's server that valid requests were found for, over HTTPS."""

from simulator.codec import DecodeError, decode
from simulator.drafts.requests.endpoint import HTTPEndpoint, Reply
from simulator.fuzzing.altered_requests import AlteredRequests
from simulator.fuzzing.environment import Environment
from simulator.fuzzing.external.exchange import Exchange, asked
from simulator.fuzzing.external.verdicts import judged
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.whole_bodies import framed, request_struct
from simulator.mutation.cases import Case, Shot
from simulator.mutation.randomness import Random


class ExternalRequests:
    """Shoots at one server; who asks is one of our providers."""

    name = "requests"

    def __init__(self, environment: Environment, server: str) -> None:
        """Raises Misuse where there is no valid request to begin with."""
        session = environment.session
        self._altered = AlteredRequests(environment, [provider.name for provider in session.providers])
        self._seeds = {id(seed) for seed in environment.seeds}
        self._rows = {row.name: row for row in session.draft.endpoints}
        self._exchange = Exchange(session, server)

    def case(self, rng: Random) -> Case:
        """A request with something altered."""
        return self._altered.case(rng)

    def shot(self, case: Case) -> Shot:
        """The body, who sends it, and what is known of it besides: keys and groups are others in every run, so that
        nothing but this tells later on what it was made of.
        """
        shot = self._altered.shot(case)
        cut_short = self._is_cut_short(shot["endpoint"], bytes.fromhex(shot["body"]))
        return {**shot, "cut_short": cut_short, "body_only": id(case.seed) in self._seeds}

    def place(self, case: Case) -> str:
        """The endpoint."""
        return self._altered.place(case)

    async def fire(self, shot: Shot) -> str:
        """Send it: whatever it is, the server answers as its draft has it, and goes on. Raises Gone where it does not
        answer honest questions even before.
        """
        async with self._exchange.watched():
            exchanged = await self._exchange.send(shot)
            label = "closes" if exchanged is None else self._judged(*exchanged, shot)
        return f"{label} valid anyway" if label.isdecimal() and self._is_valid(shot) else label

    def _judged(self, endpoint: HTTPEndpoint, reply: Reply, shot: Shot) -> str:
        return judged(endpoint, reply, asked(shot), cut_short=shot["cut_short"], body_only=shot["body_only"])

    def _is_valid(self, shot: Shot) -> bool:
        return bytes.fromhex(shot["body"]) in self._altered.valid

    def _is_cut_short(self, endpoint: str, body: bytes) -> bool:
        """Whether it is the beginning of a whole body, and no whole one itself, in whatever way it is read."""
        row = self._rows[endpoint]
        struct = present(request_struct(row), "only requests with a body are altered")
        if body in self._altered.valid or not any(valid.startswith(body) for valid in self._altered.valid):
            return False
        try:
            decode(struct, framed(row, body))
        except DecodeError:
            return True
        return False
