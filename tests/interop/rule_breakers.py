"""External providers that each do not keep one rule, and the scenario that catches each, with the rule's ID.

    python -m tests.interop.rule_breakers

tries all of them, each as a process of its own, spoken to over HTTPS; `make test` tries some.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.interop.overlay import external_providers, run

BREAKERS = {
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
}
"""The rule that is not kept, and a scenario in which that shows from outside."""


def why_missed(rule: str, folder: Path) -> str | None:
    """What the scenario said, where it has not caught the provider that does not keep this rule with the rule's ID."""
    with external_providers(folder, waived=rule) as over:
        ended = run(over, BREAKERS[rule])
    said = [line.strip() for line in ended.out.splitlines()]
    failed = (ended.code, ended.err) == (1, "") and said[0].startswith("FAILED ")
    named = any(line.startswith(f"requirement {rule}: ") for line in said)
    return None if failed and named else ended.out + ended.err


def main() -> int:
    """Try all; 1 if one was missed."""
    missed = 0
    for rule, scenario in BREAKERS.items():
        with TemporaryDirectory() as folder:
            why = why_missed(rule, Path(folder))
        missed += why is not None
        print(f"caught  {rule} by scenarios/{scenario}" if why is None else f"MISSED  {rule}\n{why}", flush=True)
    print(f"{len(BREAKERS) - missed} of {len(BREAKERS)} providers caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
