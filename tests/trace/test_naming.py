"""One id, one file, on every system."""

import unicodedata
from itertools import combinations

import pytest

from simulator.trace.naming import LONGEST, cut, file_stem


@pytest.mark.parametrize(
    ("scenario", "stem"),
    [
        ("joins/resync", "joins__resync"),
        ("fanout/many-providers[providers=3,http2=false]", "fanout__many-providers[providers=3,http2=false]"),
        ("/home/ci/x", "__home__ci__x"),
        ("x.y_z", "x.y_z"),
    ],
)
def test_most_ids_are_names_as_they_are(scenario: str, stem: str) -> None:
    assert file_stem(scenario) == stem
    assert file_stem(scenario, digested=True).startswith(f"{stem}~")


IDS = [
    "x/y",
    "x__y",
    "x_/y",
    "x/_y",
    "x//y",
    "x~y",
    "x-y",
    "X/y",
    "x/Y",
    "a",
    "A",
    "\u00e9",
    "e\u0301",
    "\u212b",
    "\u00c5",
    "../x/y",
    "..__x__y",
    ".x",
    "_x",
    "-x",
    "con",
    "CON",
    "nul.x",
    "aux.b/c",
    "com1",
    "a:b",
    "a?b",
    "a*b",
    'a"b',
    "a\\b",
    "a<b",
    "a>b",
    "a|b",
    "a b",
    "a\nb",
    "a\x00b",
    "a\u202eb",
    "a\udcffb",
    "a.",
    "a ",
    " a",
    "x seed 2",
    "/",
    "",
    "y" * 300,
    "y" * 301,
    "\u00e9" * 120,
    "\u00e9" * 121,
    "z/" * 150 + "a",
    "z/" * 150 + "b",
]


def test_every_id_has_a_name_of_its_own_that_every_system_takes() -> None:
    for one, other in combinations(IDS, 2):
        names = [unicodedata.normalize("NFC", file_stem(each)).casefold() for each in (one, other)]
        assert names[0] != names[1], (one, other)


@pytest.mark.parametrize("scenario", IDS)
def test_what_a_name_can_be_anywhere(scenario: str) -> None:
    stem = file_stem(scenario)
    assert 0 < len(stem.encode()) <= LONGEST
    assert stem.isprintable()
    assert not set(stem) & set('<>:"/\\|?*')
    assert stem[0] not in ".- "
    assert stem[-1] not in ". "
    assert stem.partition(".")[0].lower() not in ("con", "prn", "aux", "nul", "com1")


def test_only_whole_characters_are_left() -> None:
    assert (cut("aé", 3), cut("aé", 2), cut("aé", 0)) == ("aé", "a", "")
