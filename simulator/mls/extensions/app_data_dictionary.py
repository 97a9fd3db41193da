"""The extension with the data of an application's components (draft-ietf-mls-extensions, app_data_dictionary)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from simulator.codec import DecodeError, decode, encode, opaque, struct, uint16
from simulator.mls.errors import MLSError
from simulator.mls.extensions import rules
from simulator.mls.extensions.extension import Extension, ExtensionType, find_extension
from simulator.rules import check, refuse

APP_COMPONENTS = 0x0001
"""The component that lists which components a client supports, or a group requires."""

SAFE_AAD = 0x0002
"""The component that lists which of them put items into a SafeAAD."""


# draft-ietf-mls-extensions, Attaching Application Data to MLS Messages
# struct {
#     ComponentID component_id;
#     opaque data<V>;
# } ComponentData;
@struct
class ComponentData:
    component_id: uint16
    data: opaque


# draft-ietf-mls-extensions, Attaching Application Data to MLS Messages
# struct {
#     ComponentData component_data<V>;
# } AppDataDictionary;
@struct
class AppDataDictionary:
    """Ascending by component_id, each at most once."""

    component_data: tuple[ComponentData, ...]


# draft-ietf-mls-extensions, Negotiating Extensions and Components
# struct {
#     ComponentID component_ids<V>;
# } ComponentsList;
@struct
class ComponentsList:
    """What the components `app_components` and `safe_aad` keep. Ascending, each at most once: ours."""

    component_ids: tuple[uint16, ...]


def component_data(extensions: Sequence[Extension], kind: type[MLSError]) -> dict[int, bytes]:
    """What each component keeps in an object with these extensions, by component id; nothing without a dictionary.

    Raises an error of this kind (`malformed_extension`).
    """
    body = find_extension(extensions, ExtensionType.app_data_dictionary)
    if body is None:
        return {}
    try:
        entries = decode(AppDataDictionary, body).component_data
    except DecodeError as error:
        text = f"extension {ExtensionType.app_data_dictionary.name}: {error}"
        refuse(rules.DICTIONARY, text, error, kind=kind)
    ascending = is_ascending([entry.component_id for entry in entries])
    words = "the entries of the app_data_dictionary do not ascend by component"
    check(rules.DICTIONARY_ORDER, ascending, words, kind=kind)
    return {entry.component_id: entry.data for entry in entries}


def dictionary_extension(data: Mapping[int, bytes]) -> Extension:
    """The extension with these data by component id."""
    entries = tuple(ComponentData(component, data[component]) for component in sorted(data))
    return Extension(ExtensionType.app_data_dictionary, encode(AppDataDictionary(entries)))


def with_component_data(extensions: Sequence[Extension], data: Mapping[int, bytes]) -> tuple[Extension, ...]:
    """The extensions with this dictionary in the place of theirs, or behind them if they have none."""
    new = dictionary_extension(data)
    if find_extension(extensions, new.extension_type) is None:
        return (*extensions, new)
    return tuple(new if old.extension_type == new.extension_type else old for old in extensions)


def components_list(data: bytes, kind: type[MLSError]) -> tuple[int, ...]:
    """The component ids in the data of `app_components` or `safe_aad`.

    Raises an error of this kind (`malformed_component`).
    """
    try:
        listed = decode(ComponentsList, data).component_ids
    except DecodeError as error:
        refuse(rules.COMPONENTS, f"a list of components: {error}", error, kind=kind)
    check(rules.COMPONENTS_ORDER, is_ascending(listed), "a list of components does not ascend", kind=kind)
    return listed


def is_ascending(numbers: Sequence[int]) -> bool:
    """Whether each number is greater than the one before it."""
    return all(earlier < later for earlier, later in pairwise(numbers))
