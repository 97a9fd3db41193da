import pytest

from simulator.mls.errors import InvalidLeafNode
from simulator.mls.rule import OURS, rule
from simulator.rules import check

EXPIRED = rule(InvalidLeafNode, "7.3", "expired", "A KeyPackage is used within its lifetime.")


def test_section_and_slug_make_the_id() -> None:
    assert EXPIRED.id == "RFC9420-7.3-EXPIRED"
    assert rule(InvalidLeafNode, "", "wrong_group", "It leads where it came for.", source=OURS).id == "MLS-WRONG-GROUP"


def test_the_error_has_slug_section_and_words() -> None:
    with pytest.raises(InvalidLeafNode, match="too old") as caught:
        check(EXPIRED, False, "too old")
    assert (caught.value.rule, caught.value.section, caught.value.text) == ("expired", "RFC 9420 7.3", "too old")
    assert caught.value.requirement == "RFC9420-7.3-EXPIRED"
