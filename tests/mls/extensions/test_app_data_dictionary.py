"""The dictionary of components' data, and lists of components."""

import pytest

from simulator.codec import encode
from simulator.mls.errors import InvalidGroupInfo, InvalidLeafNode
from simulator.mls.extensions.app_data_dictionary import (
    APP_COMPONENTS,
    SAFE_AAD,
    AppDataDictionary,
    ComponentData,
    ComponentsList,
    component_data,
    components_list,
    dictionary_extension,
    is_ascending,
    with_component_data,
)
from simulator.mls.extensions.extension import Extension, ExtensionType
from tests.breaking import breaks

OTHER = Extension(0xF001, b"other")


def dictionary(*components: int) -> Extension:
    """A dictionary with entries in this order, whatever it is."""
    entries = tuple(ComponentData(component, b"") for component in components)
    return Extension(ExtensionType.app_data_dictionary, encode(AppDataDictionary(entries)))


def test_it_is_sorted_on_the_wire() -> None:
    extension = dictionary_extension({0x0023: b"b", 0x0022: b"a"})
    assert extension == Extension(6, bytes.fromhex("08 0022 0161 0023 0162"))
    assert component_data((OTHER, extension), InvalidLeafNode) == {0x0022: b"a", 0x0023: b"b"}


def test_without_it_no_component_keeps_anything() -> None:
    assert component_data((OTHER,), InvalidLeafNode) == {}
    assert component_data((dictionary_extension({}),), InvalidLeafNode) == {}


def test_it_takes_the_place_of_the_old_one_or_comes_last() -> None:
    new = dictionary_extension({1: b"x"})
    assert with_component_data((OTHER,), {1: b"x"}) == (OTHER, new)
    assert with_component_data((dictionary(), OTHER), {1: b"x"}) == (new, OTHER)


@pytest.mark.parametrize(
    ("extension", "rule"),
    [
        (dictionary(2, 1), "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-EXTENSION/ORDER"),
        (dictionary(1, 1), "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-EXTENSION/ORDER"),
        (
            Extension(ExtensionType.app_data_dictionary, b"\x05"),
            "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-EXTENSION/BODY",
        ),
    ],
)
def test_a_malformed_one_is_refused_in_the_terms_of_its_place(extension: Extension, rule: str) -> None:
    for refuse in (InvalidLeafNode, InvalidGroupInfo):
        with breaks(rule), pytest.raises(refuse) as caught:
            component_data((extension,), refuse)
        assert caught.value.rule == "malformed_extension"


def test_a_list_of_components() -> None:
    data = encode(ComponentsList((SAFE_AAD, 0x0020)))
    assert data == bytes.fromhex("04 0002 0020")
    assert components_list(data, InvalidLeafNode) == (2, 0x20)
    assert encode(ComponentData(SAFE_AAD, encode(ComponentsList((0x20,))))) == bytes.fromhex("0002 03 02 0020")
    assert APP_COMPONENTS == 1


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("04 0020 0002", "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-COMPONENT/ORDER"),
        ("04 0002 0002", "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-COMPONENT/ORDER"),
        ("03 0002 00", "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-COMPONENT/BODY"),
        ("", "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-COMPONENT/BODY"),
    ],
)
def test_a_malformed_list_of_components_is_refused(data: str, rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidLeafNode) as caught:
        components_list(bytes.fromhex(data), InvalidLeafNode)
    assert caught.value.rule == "malformed_component"


def test_ascending_means_strictly() -> None:
    assert all(is_ascending(numbers) for numbers in ((), (1,), (1, 2, 9)))
    assert not any(is_ascending(numbers) for numbers in ((1, 1), (1, 3, 2)))
