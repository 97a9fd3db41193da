from simulator.rules import All, Answer, Done, Met


def test_several_are_wanted_together() -> None:
    assert All(Answer("keys"), Met("members")).parts == (Answer("keys"), Met("members"))
    assert All(Done("send")) == All(Done("send"))
    assert All(Done("send")) != All(Done("leave"))
