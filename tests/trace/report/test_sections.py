"""The tables about a run."""

from dataclasses import replace

from simulator.privacy_pass.directory import Budget, Per
from simulator.trace import Trace
from simulator.trace.disclosures import acquaintance
from simulator.trace.report.sections import LEARNED, MOST_ROWS, Section, learned, of_tokens, sections
from simulator.trace.tokens.accounts import BudgetAccount, KeyAccount, OriginAccount, TokenAccounts
from tests.trace.examples import HEADER, trace
from tests.trace.test_disclosures import CAROL, RUN, asked, run

ACCOUNTS = TokenAccounts(
    (
        KeyAccount("b.example", "ab" * 32, 1767225600, 7, 5, 4, 2),
        KeyAccount("b.example", "cd" * 32, None, None, None, 0, 0),
    ),
    (
        BudgetAccount("b.example", "a.example", "ef" * 32, 490896, 4, Budget(Per.user, 4, 3600), {"rate_limited": 2}),
        BudgetAccount("b.example", "c.example", None, None, 1, None, {}),
    ),
    (OriginAccount("b.example", 2, 1, {"token_required": 3, "token_spent": 1}),),
    {("a.example", "crowd"): 2},
)


def words(section: Section) -> list[list[str]]:
    return [[cell.words for cell in row] for row in section.rows]


def test_who_learned_whom_is_there_without_tokens_too() -> None:
    (found,) = sections(run(asked(request=CAROL.encode())))
    assert (found.title, found.head) == (LEARNED, ("user", "a.example", "b.example", "c.example"))
    assert words(found) == [
        ["alice at a.example", "its own", "never", "never"],
        ["bob at b.example", "never", "its own", "never"],
        ["carol at c.example", "10 deliver_message, request", "never", "its own"],
    ]
    assert [cell.tone for cell in found.rows[2]] == ["", "told", "never", "quiet"]


def test_what_may_be_lost_and_what_has_no_room_is_said() -> None:
    lost = acquaintance(run(asked(status=None, error="reset", request=CAROL.encode())))
    (found,) = learned(replace(lost, complete=False))
    assert "10 deliver_message, request (may be lost)" in words(found)[2]
    assert found.said.endswith("More users were named than there is room for.")


def test_one_provider_has_nobody_to_learn_of() -> None:
    alone = Trace(replace(RUN, providers=RUN.providers[:1]), ())
    assert sections(alone) == ()
    assert [each.title for each in sections(trace())] == [LEARNED]
    assert len(HEADER.providers) == 2


def test_tokens_have_a_table_for_each_account() -> None:
    keys, budgets, origins, ignored = of_tokens(ACCOUNTS)
    assert words(keys) == [
        ["b.example", "abababab..", "2026-01-01 00:00:00", "7 directory", "5 challenge", "4", "2"],
        ["b.example", "cdcdcdcd..", "", "never", "never", "0", "0"],
    ]
    assert words(budgets) == [
        ["b.example", "a.example", "efefefef..", "490896", "4 of 4", "rate_limited 2"],
        ["b.example", "c.example", "", "", "1", ""],
    ]
    assert budgets.rows[0][4].tone == "full"
    assert words(origins) == [["b.example", "2", "1", "token_required 3, token_spent 1"]]
    assert words(ignored) == [["a.example", "crowd", "2"]]
    assert list(of_tokens(TokenAccounts((), (), (), {}))) == []


def test_many_pseudonyms_that_got_nothing_share_a_row() -> None:
    budget = Budget(Per.user, 1, 3600)
    vain = [BudgetAccount("b.example", "m.example", f"{n:064x}", 5, 0, budget, {"rate_limited": 1}) for n in range(9)]
    served = replace(vain[0], holder="ff" * 32, issued=1, refused={})
    (shown,) = of_tokens(TokenAccounts((), (*vain, served), (), {}))
    assert words(shown) == [
        ["b.example", "m.example", "9 others", "5", "0 of 1", "rate_limited 9"],
        ["b.example", "m.example", "ffffffff..", "5", "1 of 1", ""],
    ]
    (few,) = of_tokens(TokenAccounts((), tuple(vain[:3]), (), {}))
    assert len(few.rows) == 3


def test_a_moment_beyond_all_calendars_is_a_number() -> None:
    (keys,) = of_tokens(TokenAccounts((KeyAccount("b.example", "ab", 10**17, 1, 1, 0, 0),), (), (), {}))
    assert words(keys)[0][2] == str(10**17)


def test_long_tables_are_cut() -> None:
    body = b"".join(b"mimi://z.example/d/u%d/phone " % number for number in range(MOST_ROWS))
    (found,) = sections(run(asked(request=body)))
    assert (len(found.rows), found.left_out) == (MOST_ROWS, 3)
