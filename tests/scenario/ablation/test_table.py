"""Rules x drafts."""

from tests.scenario.ablation.found import FOUND, HOLE, NOTICED, OTHER, OWN, TABLE, UNSEEN


def test_a_rule_is_one_line_whichever_drafts_have_it() -> None:
    lines = {line.subject.id: line for line in TABLE.lines}
    assert len(lines) == len(FOUND.rows) + 1
    assert lines["NOTICED"].cells == (NOTICED, None)
    assert lines["HOLE"].cells == (HOLE, OTHER.rows[1])
    assert lines["OWN"].rows == (OWN,)


def test_what_a_draft_demands_itself_stands_before_what_all_are_built_on() -> None:
    assert [line.subject.id for line in TABLE.lines] == ["OWN", *(row.subject.id for row in FOUND.rows)]


def test_holes_are_those_of_any_draft() -> None:
    assert TABLE.holes == (HOLE, UNSEEN)
