"""What in a difference is random, and what another layout moves."""

from simulator.trace.comparing.change import Change, has_offset, settled, without_offsets


def test_names_of_groups_are_random_behind_their_provider() -> None:
    assert settled("mimi://a.example/g/00112233445566778899aabbccddeeff") == "mimi://a.example/g/#"


def test_a_field_of_the_name_is_not_what_a_seed_makes() -> None:
    assert Change("a", field="bytes", new="1").is_random
    assert not Change("a", struct="bytes", field="bytes", new="uint8 1").is_random


def test_at_which_byte_something_is_wrong_is_no_difference_of_its_own() -> None:
    one, other = (f"no Welcome: signature at byte {n}: needs 64 bytes, {n} left" for n in (295, 297))
    assert without_offsets(one) == without_offsets(other) != one
    assert (has_offset(one), has_offset("no offset")) == (True, False)
