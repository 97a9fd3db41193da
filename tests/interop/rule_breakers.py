"""External providers that each do not keep one rule, and the scenario that catches each, with the rule's ID.

    python -m tests.interop.rule_breakers [--draft DRAFT]

tries all of them, of each draft or of one, each as a process of its own, spoken to over HTTPS; `make test` tries some.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.interop.overlay import ROOMS, external_providers, run

BREAKERS = {
    "mimi-transport-00": {
        "T-SECURITY-RECIPIENT": "external/forwarded",
        "T-VERIFICATION-KEY-USE": "external/forged",
        "P-5-OWNER/SENDER": "external/forged",
        "P-2-421": "external/wrong-requests",
        "P-2-405": "external/wrong-requests",
        "P-2-415/TYPE": "external/wrong-requests",
        "P-2-400-VERSION": "external/wrong-requests",
        "P-6-UNKNOWN-USER": "external/wrong-requests",
        "P-5-MESSAGE/GROUP": "errors/odd-deliveries",
        "P-5-MESSAGE/KIND": "errors/odd-deliveries",
        "P-5-RECIPIENTS": "errors/odd-deliveries",
        "P-5-REQUESTER": "malicious/spoofed-requester",
        "P-4-WRONG-ENDPOINT/DELIVERY": "errors/order-of-checks",
    },
    ROOMS: {
        "P6-2-FROM-CERTIFICATE": "external/forwarded",
        "P6-2-421": "external/wrong-requests",
        "P6-2-405": "external/wrong-requests",
        "P6-2-415/TYPE": "external/wrong-requests",
        "P6-2-AGREES": "external/follower",
        "P6-4.1-SIGNATURE": "external/follower",
        "P6-4.1-CREDENTIAL": "external/follower",
        "P6-4.1-SENDER/HUB": "external/follower",
        "P6-4.1-CONSENT": "external/follower",
        "P6-4.4-HUB": "external/follower",
        "P6-4.4-FORM/GROUP": "external/follower",
        "P6-4.6-SENDER/REQUESTER": "external/forged",
        "P6-4.2-SENDER/OTHER-EPOCH": "external/hub",
        "P6-4.2-WHOLE-QUEUE/MEMBER": "external/hub",
        "P6-4.2-GROUP-INFO/VALID": "external/hub",
        "P6-6-REMOVE-CLIENT/ANOTHERS": "external/hub",
        "P6-4.3-SENDER": "external/hub",
        "P6-4.3-FORM/GROUP": "external/hub",
        "P6-4.3-FORM/APPLICATION": "external/hub",
        "P6-4.3-MAY-SEND": "external/hub",
        "P6-4.3-EPOCH/AHEAD": "external/hub",
        "P6-4.3-EPOCH/OVER": "external/hub",
        "P6-4.5-SENDER": "external/hub",
        "P6-4.5-SIGNATURE": "external/hub",
        "P6-4.5-JOINING-CODE": "external/hub",
        "P6-4.8-REPORTER": "external/hub",
    },
}
"""By draft: the rule that is not kept, and a scenario in which that shows from outside."""

THEIRS = {"mimi-transport-00": "bc", ROOMS: "b"}
"""By draft: the places that external providers take."""


def why_missed(draft: str, rule: str, folder: Path) -> str | None:
    """What the scenario said, where it has not caught the provider that does not keep this rule with the rule's ID."""
    with external_providers(folder, waived=rule, draft=draft, theirs=THEIRS[draft]) as over:
        ended = run(over, BREAKERS[draft][rule], options=("--draft", draft))
    said = [line.strip() for line in ended.out.splitlines()]
    failed = (ended.code, ended.err) == (1, "") and said[0].startswith("FAILED ")
    named = any(line.startswith(f"requirement {rule}: ") for line in said)
    return None if failed and named else ended.out + ended.err


def main(drafts: tuple[str, ...]) -> int:
    """Try all of these drafts; 1 if one was missed."""
    missed = tried = 0
    for draft in drafts:
        for rule, scenario in BREAKERS[draft].items():
            with TemporaryDirectory() as folder:
                why = why_missed(draft, rule, Path(folder))
            tried, missed = tried + 1, missed + (why is not None)
            print(f"caught  {rule} by scenarios/{scenario}" if why is None else f"MISSED  {rule}\n{why}", flush=True)
    print(f"{tried - missed} of {tried} providers caught")
    return 1 if missed else 0


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--draft", choices=BREAKERS, help="only those of this draft")
    chosen = parser.parse_args().draft
    sys.exit(main((chosen,) if chosen else tuple(BREAKERS)))
