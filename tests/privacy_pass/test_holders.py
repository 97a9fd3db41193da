from simulator.privacy_pass.holders import PSEUDONYM_SIZE, crowd_order, holder_pseudonym
from simulator.privacy_pass.redemption_context import Window

KEY, WINDOW, ALICE = b"k" * 32, Window(3600, 7), "mimi://a.example/u/alice"


def test_a_pseudonym_is_another_for_each_key_issuer_window_and_user() -> None:
    found = {
        holder_pseudonym(KEY, "b.example", WINDOW, ALICE),
        holder_pseudonym(b"l" * 32, "b.example", WINDOW, ALICE),
        holder_pseudonym(KEY, "i.example", WINDOW, ALICE),
        holder_pseudonym(KEY, "b.example", WINDOW.before, ALICE),
        holder_pseudonym(KEY, "b.example", WINDOW, "mimi://a.example/u/bert"),
    }
    assert len(found) == 5
    assert {len(each) for each in found} == {PSEUDONYM_SIZE}
    assert holder_pseudonym(KEY, "b.example", WINDOW, ALICE) in found


def test_the_order_of_users_stays_and_is_no_pseudonym() -> None:
    assert crowd_order(KEY, ALICE) == crowd_order(KEY, ALICE) != crowd_order(b"l" * 32, ALICE)
