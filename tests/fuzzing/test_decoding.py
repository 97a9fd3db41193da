"""The codec with every struct there is."""

from simulator.codec import encode
from simulator.fuzzing.decoding import Decoding, every_struct
from simulator.fuzzing.findings import failure
from tests.fuzzing.sample import labels, sample


async def test_a_sample() -> None:
    assert labels(await sample("decoding", None, 1000)) == {"decoded", "DecodeError"}


def test_structs_of_all_layers() -> None:
    names = set(every_struct())
    assert {name.split(".")[1] for name in names} >= {"mls", "drafts", "privacy_pass", "fuzzing"}
    assert len(names) > 150


async def test_a_codec_that_reads_what_it_would_not_write_is_found(monkeypatch) -> None:
    target = Decoding()
    monkeypatch.setattr("simulator.fuzzing.decoding.encode", lambda value: encode(value) + b"x")
    name = "simulator.mls.joining.welcome.Welcome"
    shot = {"struct": name, "data": "00010000"}
    assert str(await failure(target, shot)) == "it has another encoding"
