"""What does not fit of a draft is said with its place: every attribute, however deep, against its own annotation."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.validation import BadDraft, fitting

DRAFT = DRAFTS[0]

MEANT = DRAFT.words["fan_out"]


def changed(**values: Any) -> Any:
    return replace(DRAFT, **values)


def endpoint(**values: Any) -> Any:
    return changed(endpoints=(replace(DRAFT.endpoints[0], **values), *DRAFT.endpoints[1:]))


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_the_simulators_own_fit(draft: Any) -> None:
    assert fitting(draft, "x.py") is draft


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "x.py: DRAFT is no simulator.drafts.draft.Draft, but None"),
        ({}, "x.py: DRAFT is no simulator.drafts.draft.Draft, but a dict"),
        (changed(name=None), "x.py: DRAFT.name: expected str, not None"),
        (changed(name="My Draft"), 'x.py: DRAFT.name: "My Draft" can\'t be a name: lower case letters'),
        (changed(name=".."), 'x.py: DRAFT.name: ".." can\'t be a name'),
        (changed(write="x"), "x.py: DRAFT.write: expected something to call, not a str"),
        (changed(endpoints=list(DRAFT.endpoints)), "x.py: DRAFT.endpoints: expected a tuple, not a list"),
        (changed(endpoints=()), "x.py: DRAFT.endpoints: there is none"),
        (changed(endpoints=(*DRAFT.endpoints, "x")), f"DRAFT.endpoints[{len(DRAFT.endpoints)}]: expected Endpoint"),
        (endpoint(name=DRAFT.endpoints[1].name), "x.py: DRAFT.endpoints: more than one is called"),
        (endpoint(open=None), "x.py: DRAFT.endpoints[0].open: expected something to call, not None"),
        (endpoint(media_type=b""), "x.py: DRAFT.endpoints[0].media_type: expected str, not a bytes"),
        (endpoint(request=3), "x.py: DRAFT.endpoints[0].request: expected type or None, not an int"),
        (changed(words={"fun_out": MEANT}), 'x.py: DRAFT.words: unknown word "fun_out" (did you mean "fan_out"?)'),
        (changed(words={"fan_out": Meaning("x")}), "x.py: DRAFT.words['fan_out']: there is no endpoint x"),
        (endpoint(name="fan_out"), "x.py: DRAFT.endpoints: \"fan_out\" can't be one's name"),
        (endpoint(name="token_request"), "x.py: DRAFT.endpoints: \"token_request\" can't be one's name"),
        (changed(lacks={"x": "y"}), "x.py: DRAFT.lacks: the key 'x': expected DraftFeature, not a str"),
        (changed(structs=()), "x.py: DRAFT.structs: expected a mapping, not a tuple"),
        (changed(structs={1: int}), "x.py: DRAFT.structs: the key 1: expected str, not an int"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(value: Any, words: str) -> None:
    with pytest.raises(BadDraft) as raised:
        fitting(value, "x.py")
    assert words in str(raised.value)


def test_all_that_does_not_fit_is_said_at_once_unless_it_is_too_much() -> None:
    with pytest.raises(BadDraft) as raised:
        fitting(changed(name=1, write=2), "x.py")
    assert len(str(raised.value).splitlines()) == 2
    with pytest.raises(BadDraft) as raised:
        fitting(changed(structs=dict.fromkeys(range(20), int)), "x.py")
    assert str(raised.value).splitlines()[-1] == "x.py: ... and 12 more"
