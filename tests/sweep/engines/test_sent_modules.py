"""Modules that are not installed, as text, and unpacked elsewhere."""

import pickle
from pathlib import Path

from simulator.sweep.engines.sent_modules import SentModule, Unpacked


def test_a_module_comes_with_the_packages_that_it_is_in(tmp_path: Path) -> None:
    inner = tmp_path / "mine/inner"
    inner.mkdir(parents=True)
    modules = ("mine/__init__.py", "mine/inner/__init__.py", "mine/other.py")
    for file in (*modules, "mine/PROTOCOL.md", "beside.py", "mine/x.bin"):
        (tmp_path / file).write_text(file)
    sent = pickle.loads(pickle.dumps(SentModule.at(inner)))
    assert sent.path == "mine/inner"
    assert set(sent.files) == {*modules, "mine/PROTOCOL.md"}
    assert SentModule.at(tmp_path / "beside.py").files == {"beside.py": b"beside.py"}


def test_what_is_unpacked_stays_until_something_else_is() -> None:
    one, other = SentModule("one.py", {"one.py": b"1"}), SentModule("one.py", {"one.py": b"2"})
    unpacked = Unpacked()
    (path,) = unpacked.put([one])
    assert (path.name, path.read_bytes()) == ("one.py", b"1")
    assert unpacked.put([one]) == []
    (new,) = unpacked.put([other])
    assert (new.read_bytes(), path.exists()) == (b"2", False)
    assert unpacked.put([]) == []
    assert not new.parent.exists()
