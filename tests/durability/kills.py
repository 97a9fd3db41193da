"""The story told by a process that is killed again and again."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from simulator.drafts import DRAFTS
from tests.durability.crashes import SECONDS, directory

CHILD = "tests.durability.child"
LIVES = 100
"""So many times it is killed before the test gives up; a bound, not a figure that a story needs."""
ROOT = Path(__file__).parent.parent.parent


@dataclass
class Killed:
    """At which failpoints the process was killed, and what was accepted in the end."""

    at: list[str] = field(default_factory=list)
    accepted: int = 0
    sent: int = 0
    delivered: int = 0
    paid: int = 0
    """Requests, with tokens."""


def tell(
    random: Random,
    *,
    between: tuple[int, int] = (60, 200),
    paying: bool = False,
    draft: str = DRAFTS[0].name,
) -> Killed:
    """Start the process, kill it after some failpoints, start it again, until it comes to the story's end; `paying`
    for lookups with tokens.
    """
    killed, pays = Killed(), "paying" if paying else "free"
    with directory() as files:
        while not killed.accepted:
            said = [files, str(random.randint(*between)), pays, draft]
            process = subprocess.run(
                [sys.executable, "-W", "error", "-m", CHILD, *said],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            if process.returncode == -signal.SIGKILL:
                killed.at.append(process.stdout.strip())
                assert len(killed.at) < LIVES, f"the story does not go on: {killed.at}"
            else:
                assert process.returncode == 0, f"after {killed.at}:\n{process.stderr}"
                killed.accepted, killed.sent, killed.delivered, killed.paid = json.loads(process.stdout)
    return killed
