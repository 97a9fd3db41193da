"""Pauses between attempts: they grow, end at some time, and a clock that jumps harms nothing."""

from simulator.clients.backoff import GIVES_UP_AFTER, LONGEST, Backoff

NOW = 1_800_000_000


def test_pauses_double_up_to_the_longest() -> None:
    backoff, now, pauses = Backoff(), NOW, []
    for _ in range(15):
        backoff.failed("group", now)
        pause = next(seconds for seconds in range(1, LONGEST + 1) if backoff.is_due("group", now + seconds))
        pauses.append(pause)
        now += pause
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[10:] == [1024, 2048, LONGEST, LONGEST, LONGEST]


def test_the_pause_is_known_once_something_has_failed() -> None:
    backoff = Backoff()
    assert backoff.pause("group") == 0
    backoff.failed("group", NOW)
    backoff.failed("group", NOW + 1)
    assert backoff.pause("group") == 2


def test_while_time_stands_still_every_attempt_is_due_and_counts_once() -> None:
    backoff = Backoff()
    for _ in range(20):
        assert backoff.is_due("group", NOW)
        assert not backoff.failed("group", NOW)
    assert backoff.is_due("group", NOW + 1)


def test_a_clock_that_was_ahead_keeps_nothing_waiting() -> None:
    backoff = Backoff()
    backoff.failed("group", NOW)
    assert not backoff.failed("group", NOW + 100 * 24 * 3600)  # one failure, however late, is no reason to give up
    assert backoff.is_due("group", NOW + 1)


def test_it_is_given_up_after_a_week_of_failures() -> None:
    backoff, now = Backoff(), NOW
    while not backoff.failed("group", now):
        now += LONGEST
    assert GIVES_UP_AFTER <= now - NOW <= GIVES_UP_AFTER + LONGEST


def test_success_begins_anew_and_each_key_is_its_own() -> None:
    backoff = Backoff()
    for second in (0, 1, 3):
        backoff.failed("group", NOW + second)
    assert not backoff.is_due("group", NOW + 4)
    assert backoff.is_due("other", NOW + 4)
    backoff.forget("group")
    assert backoff.is_due("group", NOW + 4)
