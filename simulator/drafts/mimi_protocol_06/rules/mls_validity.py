"""What MLS refuses, as the hub says it: which proposals are bad, or what else is wrong."""

from collections.abc import Callable
from typing import TypeVar

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.result_codes import InvalidProposals
from simulator.mls import errors
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.public_message import authenticated_content
from simulator.mls.public_group import PublicGroup
from simulator.rules import Rule, refuse, within
from simulator.services.refusal import Code

T = TypeVar("T")

_SECTION = "PROTOCOL.md, The hub"
_REASONS: tuple[tuple[type[errors.MLSError], Code], ...] = (
    (errors.InvalidProposal, Code.invalid_proposal),
    (errors.InvalidKeyPackage, Code.invalid_proposal),
    (errors.InvalidLeafNode, Code.invalid_leaf_node),
    (errors.InvalidGroupInfo, Code.invalid_group_info),
    (errors.InvalidTree, Code.invalid_group_info),
)


def proposal_rule(requirement: str, *, part: str = "") -> Rule:
    """The rule whose breach says which proposals are bad, by their `references`."""

    def refusal(words: str, *, references: tuple[bytes, ...], section: str = _SECTION) -> InvalidProposals:
        return InvalidProposals(words, section, references=references)

    return Rule(requirement, refusal, part)


def reference_of(proposal: PublicMessage, group: PublicGroup) -> bytes:
    """The ProposalRef of a proposal (RFC 9420 5.2)."""
    return group.suite.proposal_ref(encode(authenticated_content(proposal)))


def valid_proposal(rule: Rule, reference: bytes, action: Callable[[], T]) -> T:
    """What the action yields, unless MLS refuses the proposal with this reference. Raises InvalidProposals."""
    return _allowed(rule, action, lambda error: {"references": (reference,)})


def valid(rule: Rule, action: Callable[[], T]) -> T:
    """What the action yields, unless MLS refuses. Raises Refusal with what is wrong as its code; that of the rule for
    errors that no code is named after.
    """

    def facts(error: errors.MLSError) -> dict[str, object]:
        code = next((code for kind, code in _REASONS if isinstance(error, kind)), None)
        return {} if code is None else {"code": code}

    return _allowed(rule, action, facts)


def _allowed(rule: Rule, action: Callable[[], T], facts: Callable[[errors.MLSError], dict[str, object]]) -> T:
    try:
        with within(rule.id, rule.requirement):
            return action()
    except errors.MLSError as error:
        refuse(rule, error.text, error, section=error.section, **facts(error))
