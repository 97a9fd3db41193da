"""Names of files that are made of scenarios' ids: one id, one file, on every system.

    joins/resync -> joins__resync          ../x/S -> _..__x__S~0f343b0931126a20

An id that some file system would refuse, hide, shorten or take for another's (by case, by its form of Unicode) has a
digest of itself in its file's name.
"""

import re
from hashlib import sha256

from simulator.printable import REPLACEMENT, printable

LONGEST = 200
"""Bytes of a name, to which a suffix comes; 255 is what most file systems take."""
BETWEEN = "__"
"""Stands for the slashes of an id."""
MARK = "~"
"""Stands before a digest, and in no other name."""

_PLAIN = re.compile(r"(?!.*(__|_/|/_|//))/?[a-z0-9_\[\](),=+@%&!][a-z0-9_.\[\](),=+@%&!/-]*(?<![./])")
"""Ids of which the name itself leads back to the id."""
_REFUSED = re.compile(r'[<>:"\\|?*\s~]')
"""What Windows refuses in names, and what means something here."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever the suffix."""
_DIGITS = 16


def file_stem(scenario: str, *, digested: bool = False) -> str:
    """What a file about a scenario is called, without its suffix; with a digest where it is `digested` too."""
    stem = scenario.replace("/", BETWEEN)
    if not digested and _PLAIN.fullmatch(scenario) and not _DEVICES.fullmatch(stem) and len(stem) <= LONGEST:
        return stem
    digest = MARK + sha256(scenario.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    shown = _REFUSED.sub("_", printable(stem)).replace(REPLACEMENT, "_")
    if shown[:1] in (".", "-") or _DEVICES.fullmatch(shown):
        shown = f"_{shown}"
    return cut(shown, LONGEST - len(digest)) + digest


def cut(text: str, most: int) -> str:
    """As much of a text as fits into so many bytes of UTF-8, whole characters."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")
