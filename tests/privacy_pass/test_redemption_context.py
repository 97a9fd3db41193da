from simulator.privacy_pass.redemption_context import Window, redemption_context, window

KEY = b"k" * 32


def test_windows_divide_time() -> None:
    this = window(3600, 1_700_000_000)
    assert this == Window(3600, 472_222)
    assert (this.end, this.before) == (1_700_002_800, Window(3600, 472_221))
    assert window(3600, this.end - 1) == this
    assert window(3600, this.end).before == this


def test_a_context_is_the_same_for_all_in_a_window_and_another_in_the_next() -> None:
    this = window(3600, 1_700_000_000)
    context = redemption_context(KEY, this)
    assert len(context) == 32
    assert context == redemption_context(KEY, window(3600, this.end - 1))
    assert context != redemption_context(KEY, this.before)
    assert context != redemption_context(b"l" * 32, this)


def test_the_window_before_the_first_has_a_context_of_its_own() -> None:
    century = window(36_500 * 86_400, 1_700_000_000)
    assert (century.number, century.before.number) == (0, -1)
    assert redemption_context(KEY, century.before) != redemption_context(KEY, century)
    assert century.octets == bytes(8)
