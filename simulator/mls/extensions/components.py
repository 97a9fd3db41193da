"""The components of an application, and what AppDataUpdates make of their data (draft-ietf-mls-extensions)."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from simulator.dataclass import dataclass
from simulator.mls.errors import InvalidCommit
from simulator.mls.extensions import rules
from simulator.mls.extensions.app_data_dictionary import component_data, with_component_data
from simulator.mls.extensions.extension import Extension
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval, ComponentUpdate
from simulator.mls.proposals.context_extensions import check_context_extensions
from simulator.rules import check, refuse


@dataclass(frozen=True, slots=True)
class Component:
    """What an application knows of one component of its groups.

    `update` gets what the component keeps in the epoch that ends, None for nothing, and the updates of one Commit in
    its order, and returns what the component keeps from then on. It raises an MLSError for updates that make no sense.
    `removable` says whether a proposal may remove all that the component keeps.
    """

    update: Callable[[bytes | None, Sequence[bytes]], bytes]
    removable: bool = False


Components: TypeAlias = Mapping[int, Component]
"""By component id; of others no AppDataUpdate is valid."""

NO_COMPONENTS: Components = {}


def check_app_data_update(proposal: AppDataUpdate, components: Components) -> None:
    """Raises InvalidProposal (`component_unknown`, `component_not_removable`)."""
    component = components.get(proposal.component_id)
    if component is None:
        text = f"nobody here knows component {proposal.component_id}"
        refuse(rules.COMPONENT_KNOWN, text)
    may = component.removable or not isinstance(proposal.operation, ComponentRemoval)
    check(rules.REMOVABLE, may, f"what component {proposal.component_id} keeps can't be removed")


def apply_app_data_updates(
    extensions: Sequence[Extension], proposals: Sequence[AppDataUpdate], components: Components
) -> tuple[Extension, ...]:
    """The GroupContext extensions after these proposals of one Commit, component by component.

    Raises InvalidCommit with the rule `component_operations` or one of `check_context_extensions`, InvalidProposal
    (`component_absent` and the rules of `check_app_data_update`), and what the components raise.
    """
    if not proposals:
        return tuple(extensions)
    data = component_data(extensions, InvalidCommit)
    for component_id in sorted({proposal.component_id for proposal in proposals}):
        own = [proposal for proposal in proposals if proposal.component_id == component_id]
        for proposal in own:
            check_app_data_update(proposal, components)
        updates = [item.operation.update for item in own if isinstance(item.operation, ComponentUpdate)]
        if len(updates) == len(own):
            data[component_id] = components[component_id].update(data.get(component_id), updates)
        else:
            _remove(data, component_id, len(own))
    changed = with_component_data(extensions, data)
    check_context_extensions(changed, InvalidCommit)
    return changed


def _remove(data: dict[int, bytes], component_id: int, operations: int) -> None:
    words = f"a removal of component {component_id} stands alone in its Commit"
    check(rules.REMOVAL_ALONE, operations <= 1, words)
    kept = data.pop(component_id, None) is not None
    check(rules.SOMETHING_KEPT, kept, f"component {component_id} keeps nothing that could be removed")
