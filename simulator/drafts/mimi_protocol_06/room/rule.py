"""How the rules of a room are declared: those that break MLS for everybody, and those that only a hub enforces."""

from simulator.mls.errors import InvalidCommit, MLSError
from simulator.rules import Rule
from simulator.services.refusal import Code
from simulator.services.refusal import rule as refusal_rule

LIST_INVALID = "participant_list_invalid"
"""By which name members reject a commit whose room is none."""
NOT_A_PARTICIPANT = "not_a_participant"
"""By which name they reject one that leaves a client of somebody in the group who is no active participant."""

COMPONENTS_PAGE = "PROTOCOL.md, Components"
POLICY_PAGE = "PROTOCOL.md, Room policy"


def room_rule(
    requirement: str, section: str, *, slug: str = LIST_INVALID, part: str = "", essential: str | None = None
) -> Rule:
    """The rule whose breach is an MLSError: whoever follows the group rejects it. A check may give another `kind`."""

    def broken(words: str, *, kind: type[MLSError] = InvalidCommit) -> MLSError:
        return kind(slug, section, words)

    return Rule(requirement, broken, part, essential)


def policy_rule(requirement: str, *, part: str = "", essential: str | None = None) -> Rule:
    """The rule whose breach is a Refusal by the hub; members only note it."""
    return refusal_rule(requirement, Code.not_authorized, POLICY_PAGE, part=part, essential=essential)
