from simulator.rules import Requirement, section


def test_a_section_is_read_row_by_row_and_a_third_word_is_the_reason() -> None:
    made = section("T", "Rate-limiting", ("T-1", "Limits."), ("T-2", "Tokens.", "for later"))
    assert made == (
        Requirement("T-1", "T", "Rate-limiting", "Limits.", None),
        Requirement("T-2", "T", "Rate-limiting", "Tokens.", "for later"),
    )
