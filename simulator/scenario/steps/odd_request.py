"""A request of a client that is not as its operation has it."""

from dataclasses import replace
from typing import Any, ClassVar

from simulator.clients import Client
from simulator.clients.adversary.odd_request import OddRequest
from simulator.clients.client_state import ClientState
from simulator.drafts.requests.endpoint import Outgoing
from simulator.errors import SimulatorError
from simulator.scenario.entry import Entry
from simulator.scenario.loading.problems import Misplaced
from simulator.scenario.names import ClientRef
from simulator.scenario.running import request_parts
from simulator.scenario.running.bodies import body_of, changed, structs_in
from simulator.scenario.running.context import Context, Request
from simulator.scenario.step import Conduct
from simulator.scenario.steps.edits import Edits
from simulator.scenario.steps.group_step import RequestStep
from simulator.services.signing import signer


class OddRequestStep(Edits, frozen=True, kw_only=True, tag="odd_request"):
    """A client builds what a step says, changes the request, signs it and hands it to its own provider, which sends it
    on. If it is taken, the client goes on as after the step itself.

    `odd_request: {of: {update_client: {by: mallory, group: team}}, signed_by: eve}`

    Paths are as in `tamper`. A captured request that is changed was carried out before; this one is new.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    of: tuple[Entry, ...]
    """One step that is a single request of a client: `add_users`, `odd_commit`, `create_group` ..."""
    signed_by: ClientRef | None = None
    """Another client that signs the request, as itself: with its own leaf in the group, or with its own credential."""
    signed_before: bool = False
    """The changes come after the signature, which stays as it was."""

    def __post_init__(self) -> None:
        """Raises Misplaced or SimulatorError."""
        if len(self.of) != 1:
            raise SimulatorError("it is one step whose request is odd")
        (entry,) = self.of
        if not isinstance(entry.step, RequestStep):
            raise Misplaced(entry.place, f'"{entry.keyword}" is no single request of a client')
        if entry.expect.expectations or not entry.expect.outcome.success:
            raise Misplaced(entry.place, "what is expected stands beside the odd request, not in it")

    async def run(self, context: Context) -> str:
        """The URI of the group it is about. Raises SimulatorError for paths that lead nowhere in the request."""
        (entry,) = self.of
        assert isinstance(entry.step, RequestStep)  # noqa: S101 (see __post_init__)
        client = context.session.client(entry.step.by)
        other = None if self.signed_by is None else context.session.client(self.signed_by)

        def change(outgoing: Outgoing) -> Outgoing:
            return self._changed(outgoing, other or client)

        odd = OddRequest(entry.step.request(context), None if other is None else other.state, change)
        return await client.perform(odd)

    def _changed(self, outgoing: Outgoing, asking: Client) -> Outgoing:
        endpoint, state = outgoing.endpoint, asking.state
        inside = [each for each in self.changes() if not request_parts.is_one(each[0])]
        body = outgoing.body
        if inside:
            structs = structs_in(endpoint, body)
            for path, change in inside:
                structs = changed(endpoint, structs, path, change)
            if not self.signed_before:
                structs = tuple(self._signed(each, state) for each in structs)
            body = body_of(structs)
        parts = Request("", "", endpoint.name, body, outgoing.variables, outgoing.headers)
        parts = request_parts.changed(parts, self.set, self.delete)
        return replace(outgoing, body=body, variables=parts.variables, headers=parts.headers)

    def _signed(self, struct: Any, state: ClientState) -> Any:
        """Signed anew, where the draft has it signed. Raises SimulatorError for a `signed_by` where it has not."""
        try:
            return state.draft.resign(struct, signer(state.suite, state.identity.signature_private_key))
        except TypeError as error:
            if self.signed_by is not None:
                raise SimulatorError(str(error)) from error
            return struct
