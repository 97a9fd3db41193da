"""Bodies of one struct and of several."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.errors import SimulatorError
from simulator.scenario.running.bodies import body_of, changed, split, structs_in
from simulator.scenario.running.fields import with_field

ONE = DRAFTS[0].named("verification_key")
MANY = replace(ONE, several=True)
FIRST, SECOND = (VerificationKeyRequest(1, name, "b.example") for name in ("a.example", "c.example"))


def to(value: str) -> Any:
    return lambda struct, path: with_field(struct, path, value)


def test_one_struct_is_the_whole_body() -> None:
    assert structs_in(ONE, encode(FIRST)) == (FIRST,)
    assert changed(ONE, (FIRST,), "sender", to("x.example")) == (replace(FIRST, sender="x.example"),)
    with pytest.raises(SimulatorError):
        structs_in(ONE, encode(FIRST) * 2)


def test_several_are_back_to_back_and_a_path_begins_with_the_number_of_one() -> None:
    body = encode(FIRST) + encode(SECOND)
    assert structs_in(MANY, body) == (FIRST, SECOND)
    assert body_of((FIRST, SECOND)) == body
    assert changed(MANY, (FIRST, SECOND), "1.sender", to("x.example"))[1].sender == "x.example"
    assert split(MANY, "1.signed.sender") == (1, "signed.sender")
    assert split(ONE, "signed.sender") == (0, "signed.sender")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("sender", "sender: verification_key takes several structs: say which, from 0, as in 0.sender"),
        ("1", "1: verification_key takes several structs"),
        ("2.sender", "2.sender: there are 2 structs in the body, and no [2]"),
    ],
)
def test_a_path_that_leads_into_none(path: str, words: str) -> None:
    with pytest.raises(SimulatorError) as error:
        changed(MANY, (FIRST, SECOND), path, to("x"))
    assert words in str(error.value)


def test_an_endpoint_without_a_body() -> None:
    with pytest.raises(SimulatorError, match="ds_domain takes no body that could be changed"):
        structs_in(DRAFTS[0].named("ds_domain"), b"")
