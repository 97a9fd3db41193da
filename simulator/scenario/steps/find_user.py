"""Look for a user by what is known of it."""

from typing import ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.errors import Misuse, SimulatorError, hint
from simulator.federation import User
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step
from simulator.services.commands import FindUsers
from simulator.services.names import user_provider


class FindUser(Step, frozen=True, tag="find_user"):
    """`from` asks the other user's provider for whoever has the identifiers of `to`: one of each of these `kinds`, all
    of which have to be that user's. Its own provider asks for it, and pays if it must.
    """

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.search,)

    from_: UserRef = msgspec.field(name="from")
    to: UserRef
    kinds: tuple[str, ...] = ()
    """By the draft's names; the usual one if not said."""

    async def run(self, context: Context) -> None:
        """Raises the other provider's Refusal, unknown_user where it finds nobody, and SimulatorError where it finds
        somebody else.
        """
        await find(context, context.session.user(self.from_), context.user_uri(self.to), self.kinds)


async def find(context: Context, asker: User, target: str, kinds: tuple[str, ...] = ()) -> None:
    """Look for the user `target` (URI), in a draft that has a search. See `FindUser`."""
    search = context.session.draft.search
    if search is None:
        raise Misuse(f"nobody is found by an identifier in {context.session.draft.name}")
    for kind in kinds:
        if kind not in search.kinds:
            raise SimulatorError(f'nobody is searched by "{kind}"{hint(kind, search.kinds)}')
    identifiers = tuple((kind, search.identifier(kind, target)) for kind in kinds or search.kinds[:1])
    found = await asker.provider.client_api.find_users(FindUsers(asker.uri, user_provider(target), identifiers))
    if target not in found:
        raise SimulatorError(f"{', '.join(found) or 'nobody'} was found, and not {target}")
