from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.holders import holder_pseudonym
from simulator.privacy_pass.redemption_context import Window
from simulator.services.tokens.fetching import AT_A_TIME, Holder, holders

KEY, WINDOW = b"k" * 32, Window(3600, 7)
USERS = tuple(f"mimi://a.example/u/{number}" for number in range(7))


def test_some_for_the_provider() -> None:
    assert holders(Per.provider, USERS[0], USERS, 3, "b.example", WINDOW, KEY) == (Holder(),) * AT_A_TIME


def test_one_for_each_of_the_crowd_whoever_needs_it() -> None:
    found = holders(Per.user, USERS[0], USERS, 3, "b.example", WINDOW, KEY)
    assert len(found) in (3, 4)
    crowd = [each.user for each in found if each.user is not None]
    assert USERS[0] in crowd
    assert {holders(Per.user, user, USERS, 3, "b.example", WINDOW, KEY) for user in crowd} == {found}
    assert all(
        each.pseudonym == holder_pseudonym(KEY, "b.example", WINDOW, user)
        for each, user in zip(found, crowd, strict=True)
    )


def test_nobody_where_there_are_too_few_and_one_alone_where_nobody_hides() -> None:
    assert holders(Per.user, USERS[0], USERS[:2], 3, "b.example", WINDOW, KEY) == ()
    (alone,) = holders(Per.user, USERS[0], USERS[:3], 1, "b.example", WINDOW, KEY)
    assert alone.user == USERS[0]
