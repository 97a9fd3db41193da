"""A run as one HTML page that needs nothing else: no network, no other file.

    traces --- content (what the page knows at once) ---+
           --- blocks  (headers, bodies, trees)      ---+--- page: one file --- web/*.js in the reader's browser
           --- plots   (drawn here, as pictures)     ---+
           --- sections (tables: who learned whom, tokens) --- text, for a terminal; also on the page

What came from providers is data to the very end: it lies in the page as base64 of gzip, a block of exchanges at a time
and unpacked when somebody looks, and becomes text nodes there, never markup. The page's policy forbids every request
and every script but its own. `web/` has the page: `dom` makes elements, `model` unpacks, `overview` and `scenario` are
the two views, `diagram`, `detail`, `tree`, `hex` and `filters` their parts, `main` begins.
"""

from simulator.trace.report.page import Written, write
from simulator.trace.report.text import report_lines

__all__ = ["Written", "report_lines", "write"]
