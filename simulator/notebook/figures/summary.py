"""A run at a glance: the verdict, with what it ran, and who asked whom how often."""

from collections import Counter, defaultdict

from simulator.notebook.figures.markup import BAD, CALM, GOOD, chip, page, table, text
from simulator.trace import Exchange, Trace
from simulator.trace.tree import shortened

RESULTS = {"passed": GOOD, "failed": BAD, "fault": BAD}
"""The ground of a verdict's word; others are calm."""
_NAMED = 4
"""How many endpoints a line names."""


def summary(trace: Trace) -> str:
    """As HTML."""
    header, exchanges = trace.header, trace.exchanges
    verdict = chip(trace.result, RESULTS.get(trace.result, CALM))
    size = sum(len(each.request) + len(each.response) for each in exchanges)
    facts = (
        f"{len(exchanges)} exchanges, {size / 1000:.1f} kB in bodies · seed {header.seed} · suite {header.suite} · "
        f"HTTP/{'2' if header.http2 else '1.1'}{' · mutual TLS' if header.mutual_tls else ''} · {header.draft}"
    )
    title = f'<h4>{text(header.name)} {verdict}<span class="dim mono">{text(header.scenario)}</span></h4>'
    return page(title, f'<p class="dim">{text(facts)}</p>', _flows(trace) if exchanges else "")


def _flows(trace: Trace) -> str:
    flows: defaultdict[tuple[str, str], list[Exchange]] = defaultdict(list)
    for each in trace.exchanges:
        flows[each.sender, each.to].append(each)
    rows = [_flow(f"{sender} → {to}", found) for (sender, to), found in sorted(flows.items())]
    return table(("who asked whom", "requests", "sent", "answered", "", "endpoints"), rows)


def _flow(name: str, found: list[Exchange]) -> tuple[str, ...]:
    refused, failed = sum(each.refused for each in found), sum(each.status is None for each in found)
    marks = [chip(f"{refused} refused", CALM)] if refused else []
    marks += [chip(f"{failed} failed", BAD)] if failed else []
    endpoints = Counter(each.endpoint for each in found)
    said = ", ".join(
        f"{count} {shortened(name, 80)}" if count > 1 else shortened(name, 80)
        for name, count in endpoints.most_common(_NAMED)
    )
    more = f" and {len(endpoints) - _NAMED} more" if len(endpoints) > _NAMED else ""
    return (
        _whole(text(name)),
        str(len(found)),
        _whole(_kilobytes(sum(len(each.request) for each in found))),
        _whole(_kilobytes(sum(len(each.response) for each in found))),
        "".join(marks),
        f'<span class="dim">{text(said + more)}</span>',
    )


def _whole(html: str) -> str:
    """What stays in one line."""
    return f'<span style="white-space:nowrap">{html}</span>'


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"
