"""What MLS refuses, as a Refusal."""

from collections.abc import Callable
from typing import Any, TypeVar

from simulator.mls import errors
from simulator.rules import Rule, refuse, within
from simulator.services.refusal import Code

T = TypeVar("T")

_CODES: tuple[tuple[type[errors.MLSError], Code], ...] = (
    (errors.WrongGroup, Code.unknown_group),
    (errors.WrongEpoch, Code.wrong_epoch),
    (errors.InvalidSignature, Code.invalid_signature),
    (errors.InvalidCommit, Code.invalid_commit),
    (errors.InvalidProposal, Code.invalid_proposal),
    (errors.InvalidKeyPackage, Code.invalid_proposal),
    (errors.InvalidLeafNode, Code.invalid_leaf_node),
    (errors.InvalidGroupInfo, Code.invalid_group_info),
    (errors.InvalidTree, Code.invalid_group_info),
    (errors.UnsupportedCipherSuite, Code.invalid_group_info),
)


def mls_check(rule: Rule, action: Callable[[], T]) -> T:
    """What the action yields, which a member would have done alike. Raises Refusal for its MLSError. Whoever does not
    keep the rule keeps none of those of MLS that stand for it here.

    The rule's code is for errors that no code is named after.
    """
    try:
        with within(rule.id, rule.requirement):
            return action()
    except errors.MLSError as error:
        facts: dict[str, Any] = {"section": error.section}
        code = next((code for kind, code in _CODES if isinstance(error, kind)), None)
        if code is not None:
            facts["code"] = code
        if isinstance(error, errors.WrongEpoch):
            facts["current_epoch"] = error.expected
        refuse(rule, error.text, error, **facts)
