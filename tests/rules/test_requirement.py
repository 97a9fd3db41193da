from simulator.rules import Answer, Nature, Refused, Requirement, duty, excused, prohibition, section


def test_a_section_has_prohibitions_and_duties_with_their_evidence_and_what_is_excused() -> None:
    made = section(
        "T",
        "Rate-limiting",
        prohibition("T-1", "Limits.", Refused(http=429)),
        duty("T-2", "Answers.", Answer("keys"), Answer("template")),
        excused("T-3", "Tokens.", "for later"),
    )
    where = ("T", "Rate-limiting")
    assert made == (
        Requirement("T-1", *where, "Limits.", None, Nature.prohibition, (Refused(http=429),)),
        Requirement("T-2", *where, "Answers.", None, Nature.duty, (Answer("keys"), Answer("template"))),
        Requirement("T-3", *where, "Tokens.", "for later"),
    )
