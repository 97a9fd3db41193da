"""What is demanded of the data of an application's components."""

from simulator.mls.errors import InvalidCommit, InvalidProposal
from simulator.mls.rule import MLS_EXTENSIONS, rule

_DICTIONARY = "app_data_dictionary"
_UPDATE = "AppDataUpdate"
_NO_DATA = "nobody could tell what a component keeps"

DICTIONARY = rule(
    InvalidProposal,
    _DICTIONARY,
    "malformed_extension",
    "The body of an app_data_dictionary is one AppDataDictionary.",
    part="BODY",
    source=MLS_EXTENSIONS,
    essential=_NO_DATA,
)
DICTIONARY_ORDER = rule(
    InvalidProposal,
    _DICTIONARY,
    "malformed_extension",
    "The entries of an app_data_dictionary ascend by component.",
    part="ORDER",
    source=MLS_EXTENSIONS,
)
COMPONENTS = rule(
    InvalidProposal,
    _DICTIONARY,
    "malformed_component",
    "A list of components is one ComponentsList.",
    part="BODY",
    source=MLS_EXTENSIONS,
    essential=_NO_DATA,
)
COMPONENTS_ORDER = rule(
    InvalidProposal,
    _DICTIONARY,
    "malformed_component",
    "A list of components ascends.",
    part="ORDER",
    source=MLS_EXTENSIONS,
)
COMPONENT_KNOWN = rule(
    InvalidProposal,
    _UPDATE,
    "component_unknown",
    "An AppDataUpdate is of a component that the application knows.",
    source=MLS_EXTENSIONS,
    essential="nobody could tell what the update makes of it",
)
REMOVABLE = rule(
    InvalidProposal,
    _UPDATE,
    "component_not_removable",
    "Only what may go is removed from the data of components.",
    source=MLS_EXTENSIONS,
)
REMOVAL_ALONE = rule(
    InvalidCommit,
    _UPDATE,
    "component_operations",
    "The removal of a component's data stands alone in its commit.",
    source=MLS_EXTENSIONS,
)
SOMETHING_KEPT = rule(
    InvalidProposal,
    _UPDATE,
    "component_absent",
    "Only what a component keeps is removed.",
    source=MLS_EXTENSIONS,
)
