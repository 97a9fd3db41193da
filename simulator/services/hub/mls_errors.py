"""What MLS refuses, as a Refusal."""

from simulator.mls import errors
from simulator.services.refusal import Code, Refusal

_CODES: tuple[tuple[type[errors.MLSError], Code], ...] = (
    (errors.WrongGroup, Code.unknown_group),
    (errors.InvalidSignature, Code.invalid_signature),
    (errors.InvalidCommit, Code.invalid_commit),
    (errors.InvalidProposal, Code.invalid_proposal),
    (errors.InvalidKeyPackage, Code.invalid_proposal),
    (errors.InvalidLeafNode, Code.invalid_leaf_node),
    (errors.InvalidGroupInfo, Code.invalid_group_info),
    (errors.InvalidTree, Code.invalid_group_info),
    (errors.UnsupportedCipherSuite, Code.invalid_group_info),
)


def refused(error: errors.MLSError, otherwise: Code) -> Refusal:
    """The Refusal for an MLS error; `otherwise` is the code for errors that no code is named after."""
    if isinstance(error, errors.WrongEpoch):
        return wrong_epoch(error.got, error.expected)
    code = next((code for kind, code in _CODES if isinstance(error, kind)), otherwise)
    return Refusal(code, error.text, error.section)


def wrong_epoch(got: int, current: int) -> Refusal:
    """The Refusal of a message of another epoch than the current one."""
    when = f"epoch {got} is over" if got < current else f"epoch {got} has not begun"
    return Refusal(Code.wrong_epoch, f"{when}, the group is at {current}", "RFC 9420 section 14", current_epoch=current)
