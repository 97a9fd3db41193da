import pytest

from simulator.rules import Enforcement, enforced_by
from simulator.services.refusal import Code, Refusal
from simulator.services.tokens.allowances import Allowance, check_allowance
from tests.breaking import breaks

TWO = Allowance(2, 3600)
NOW = 1_700_000_000


@breaks("PP-CHALLENGE-9")
def test_so_many_for_each() -> None:
    check_allowance(TWO, 0, NOW)
    check_allowance(TWO, 1, NOW)
    with pytest.raises(Refusal) as caught:
        check_allowance(TWO, 2, NOW)
    assert (caught.value.code, caught.value.retry_after) == (Code.rate_limited, 2800)
    assert caught.value.requirement == "PP-CHALLENGE-9"
    with enforced_by(Enforcement({"PP-CHALLENGE-9"})):
        check_allowance(TWO, 9, NOW)
