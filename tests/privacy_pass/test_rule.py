import pytest

from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.rule import OURS, rule
from simulator.rules import check

CONTEXT = rule(InvalidChallenge, "CHALLENGE-3", "malformed", "It has 32 octets.", section="2.1.1", part="SIZE")


def test_the_id_is_that_of_the_profile() -> None:
    assert (CONTEXT.requirement, CONTEXT.id) == ("PP-CHALLENGE-3", "PP-CHALLENGE-3/SIZE")


def test_the_error_has_slug_section_and_words() -> None:
    with pytest.raises(InvalidChallenge, match="too short") as caught:
        check(CONTEXT, False, "too short")
    assert (caught.value.rule, caught.value.section, caught.value.text) == ("malformed", "RFC 9577 2.1.1", "too short")
    assert caught.value.rules == ("PP-CHALLENGE-3/SIZE", "PP-CHALLENGE-3")


def test_our_own_rules_have_no_section() -> None:
    own = rule(InvalidChallenge, "CHALLENGE-4", "foreign_origin", "It says for whom.", source=OURS)
    with pytest.raises(InvalidChallenge) as caught:
        check(own, False, "it does not say")
    assert str(caught.value) == "it does not say (our own rule, foreign_origin)"
