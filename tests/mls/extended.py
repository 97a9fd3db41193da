"""Rooms whose members support the proposals and the extension of draft-ietf-mls-extensions."""

from collections.abc import Sequence

from simulator.codec import encode
from simulator.fuzzing.whole_group import PRIVATE_USE, WholeGroup
from simulator.mls.errors import InvalidCommit, InvalidProposal
from simulator.mls.extensions.app_data_dictionary import component_data
from simulator.mls.extensions.components import Component
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.identity import default_capabilities
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval, ComponentUpdate
from simulator.mls.proposals.proposals import ProposalType

LOG, TOPIC, UNKNOWN = 0x0022, 0x0023, 0x00FF
"""Components: one keeps all its updates, one the last of them, one is nobody's."""

EXTENDED = default_capabilities(
    (PRIVATE_USE, ExtensionType.app_data_dictionary), (ProposalType.app_data_update, ProposalType.self_remove)
)
REQUIRED = Extension(
    ExtensionType.required_capabilities,
    encode(RequiredCapabilities((ExtensionType.app_data_dictionary,), EXTENDED.proposals, ())),
)


def appended(data: bytes | None, updates: Sequence[bytes]) -> bytes:
    """All that was ever said, in order; nobody says nothing."""
    if b"" in updates:
        raise InvalidCommit("empty_update", "the test", "an update says nothing")
    return b"".join((data or b"", *updates))


def replaced(_: bytes | None, updates: Sequence[bytes]) -> bytes:
    """What was said last."""
    return updates[-1]


COMPONENTS = {LOG: Component(appended), TOPIC: Component(replaced, removable=True)}


def extended_group(*names: str, extensions: Sequence[Extension] = ()) -> WholeGroup:
    """A group whose members support it all."""
    return WholeGroup.of(*names, extensions=extensions, capabilities=EXTENDED, components=COMPONENTS)


def update(component: int, data: bytes) -> AppDataUpdate:
    """The proposal to update what a component keeps."""
    return AppDataUpdate(component, ComponentUpdate(data))


def removal_of(component: int) -> AppDataUpdate:
    """The proposal to remove what a component keeps."""
    return AppDataUpdate(component, ComponentRemoval())


def kept(whole: WholeGroup) -> dict[int, bytes]:
    """What each component keeps in this epoch."""
    return component_data(whole.service.context.extensions, InvalidProposal)
