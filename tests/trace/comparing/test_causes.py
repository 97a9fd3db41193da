"""Differences that are alike are one cause, wherever they are."""

from dataclasses import replace

from simulator.trace.comparing.causes import causes
from simulator.trace.comparing.change import Change

STATUS = Change("a", "1 send", "x -> y", "ask #1", field="status", old="200", new="403")


def test_what_is_alike_is_told_once_with_all_its_scenarios() -> None:
    other = replace(STATUS, scenario="b", step="7 sync", message="ask #9")
    (cause,) = causes([STATUS, other])
    assert (cause.first, cause.scenarios, cause.message) == (STATUS, ("a", "b"), "ask")
    assert len(causes([STATUS, replace(STATUS, new="404")])) == 2


def test_items_of_a_vector_are_alike_and_so_are_sizes_that_grow_by_the_same() -> None:
    item = Change("a", message="ask #1 request", struct="Item", field="items[0].kind", old="uint8 1", new="uint8 2")
    assert len(causes([item, replace(item, field="items[3].kind")])) == 1
    size = Change("a", message="ask #1 request", field="size", old="5 bytes", new="7 bytes")
    assert len(causes([size, replace(size, old="10 bytes", new="12 bytes")])) == 1
    assert len(causes([size, replace(size, old="10 bytes", new="13 bytes")])) == 2


def test_digests_are_alike_whatever_they_are_and_steps_that_were_not_reached_are_added_up() -> None:
    body = Change("a", message="ask #1 answer", field="body", old="Done@12ab34.5c", new="Done@9988ff.5c")
    (cause,) = causes([body, replace(body, old="Done@111111", new="Done@222222")])
    assert (cause.typical.old, cause.typical.new) == ("Done", "Done")
    assert causes([body])[0].typical == body
    stopped = Change("a", field="steps", old="9", new="3, no more reached")
    assert causes([stopped, replace(stopped, old="5")])[0].unreached == 8


def test_the_most_telling_comes_first_and_what_a_seed_makes_last() -> None:
    random = Change("a", message="ask #1 request", field="bytes", new="3")
    added = Change("a", message="ask #2", field="message", new="ask: 200")
    stopped = Change("a", field="steps", old="9", new="3, no more reached")
    result = Change("a", field="result", old="passed", new="failed")
    found = causes([random, result, stopped, STATUS, added, replace(random, new="4")])
    assert [cause.first for cause in found] == [added, STATUS, stopped, result, random]
    assert found[-1].byte_strings == 7
