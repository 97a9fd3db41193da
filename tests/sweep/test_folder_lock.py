"""One writer at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.sweep.folder_lock import FolderLock, is_held

HOLDING = "import sys; from pathlib import Path; from simulator.sweep.folder_lock import FolderLock\n"
HOLDING += "lock = FolderLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
def test_another_process_is_kept_out_until_the_first_is_killed(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert is_held(tmp_path)
        with pytest.raises(SimulatorError, match="another process is writing"):
            FolderLock(tmp_path)
        holder.kill()
        holder.wait()
        assert not is_held(tmp_path)
    lock = FolderLock(tmp_path)
    lock.release()
    lock.release()
    FolderLock(tmp_path).release()
