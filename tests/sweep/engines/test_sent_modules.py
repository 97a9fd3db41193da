"""Modules that are not installed, as text, and unpacked elsewhere."""

import pickle
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.sweep.engines import sent_modules
from simulator.sweep.engines.sent_modules import SentModule, Unpacked


def test_a_module_comes_with_the_packages_that_it_is_in(tmp_path: Path) -> None:
    inner = tmp_path / "mine/inner"
    inner.mkdir(parents=True)
    modules = ("mine/__init__.py", "mine/inner/__init__.py", "mine/other.py")
    others = ("mine/PROTOCOL.md", "mine/inner/table.json")
    (tmp_path / "mine/__pycache__").mkdir()
    for file in (*modules, *others, "beside.py", "mine/.hidden", "mine/__pycache__/x.pyc"):
        (tmp_path / file).write_text(file)
    sent = pickle.loads(pickle.dumps(SentModule.at(inner)))
    assert sent.path == "mine/inner"
    assert set(sent.files) == {*modules, *others}
    assert SentModule.at(tmp_path / "beside.py").files == {"beside.py": b"beside.py"}


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_modules, "_MOST", 3)
    (tmp_path / "large.py").write_text("long")
    with pytest.raises(SimulatorError, match="it is too large to be sent to workers"):
        SentModule.at(tmp_path / "large.py")


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
