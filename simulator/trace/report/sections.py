"""Tables about a run: who learned whom, and what became of tokens. For the page, for text and for notebooks alike."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from simulator.dataclass import dataclass
from simulator.trace.disclosures import Acquaintance, acquaintance, shown_user
from simulator.trace.tokens.accounts import BudgetAccount, KeyAccount, TokenAccounts, token_accounts
from simulator.trace.tokens.fields import short
from simulator.trace.trace import Trace

MOST_ROWS = 200
"""Of a table; how many more there are is said below it."""
_FEW = 3
"""How many pseudonyms that got nothing have a row each."""
LEARNED = "Who learned whom"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table's cell."""

    text: str
    exchange: int | None = None
    """The number of the exchange that it is about, which stands before the text."""
    tone: str = ""
    """`told`, `never`, `full`, `quiet` or nothing."""

    @property
    def words(self) -> str:
        """All of it as text."""
        return self.text if self.exchange is None else f"{self.exchange} {self.text}"


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its title."""

    title: str
    said: str
    """What it shows, in a sentence."""
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0
    """How many rows more there are."""


def sections(trace: Trace) -> tuple[Section, ...]:
    """The tables of a run. Without tokens, there is only who learned whom."""
    return (*learned(acquaintance(trace)), *of_tokens(token_accounts(trace.events)))


def learned(found: Acquaintance) -> Iterator[Section]:
    """Users and providers, in each cell the exchange that named the one to the other."""
    if len(found.providers) < 2:
        return
    rows = [
        (Cell(shown_user(user)), *(_learned(found, each, user) for each in found.providers)) for user in found.users
    ]
    more = "" if found.complete else " More users were named than there is room for."
    said = (
        f"The exchange that first named a user, or a client of the user's, to a provider: by the recorded bytes.{more}"
    )
    yield _section(LEARNED, said, ("user", *found.providers), rows)


def _learned(found: Acquaintance, provider: str, user: str) -> Cell:
    told = found.cells.get((provider, user))
    if user.startswith(f"mimi://{provider}/"):
        return Cell("its own", tone="quiet")
    if told is None:
        return Cell("never", tone="never")
    part = "request" if told.part == "request" else "answer"
    return Cell(
        f"{told.exchange.endpoint}, {part}{'' if told.sure else ' (may be lost)'}", told.exchange.number, "told"
    )


def of_tokens(accounts: TokenAccounts) -> Iterator[Section]:
    """Keys, budgets, what was redeemed and refused, and which challenges were ignored: those that there are."""
    tables: tuple[tuple[str, str, tuple[str, ...], list[tuple[Cell, ...]]], ...] = (
        (
            "Keys for tokens",
            "What directories listed and challenges offered, and what came of it.",
            ("issuer", "key", "makes tokens from", "first listed in", "first offered in", "issued", "redeemed"),
            [_key(each) for each in accounts.keys],
        ),
        (
            "Issued against budgets",
            "By provider and pseudonym, in each window.",
            ("issuer", "provider", "holder", "window", "issued", "refused"),
            list(_budgets(accounts.budgets)),
        ),
        (
            "Redeemed and refused",
            "What origins did with requests that cost a token.",
            ("origin", "redeemed", "repeated", "refused"),
            [_cells(each.origin, each.redeemed, each.repeated, _counts(each.refused)) for each in accounts.origins],
        ),
        (
            "Challenges ignored",
            "By whom, and by which rule.",
            ("provider", "rule", "times"),
            [_cells(provider, rule, count) for (provider, rule), count in accounts.ignored.items()],
        ),
    )
    return (_section(*each) for each in tables if each[-1])


def _key(account: KeyAccount) -> tuple[Cell, ...]:
    said = _cells(account.issuer, short(account.key), _moment(account.not_before))
    listed = Cell("never", tone="full") if account.listed is None else Cell("directory", account.listed)
    offered = Cell("never", tone="quiet") if account.offered is None else Cell("challenge", account.offered)
    return (*said, listed, offered, *_cells(account.issued, account.redeemed))


def _budgets(accounts: Sequence[BudgetAccount]) -> Iterator[tuple[Cell, ...]]:
    """A row for each; one for all that got nothing, where a provider has many such pseudonyms in a window."""
    vain: defaultdict[tuple[str, str, str], list[BudgetAccount]] = defaultdict(list)
    for each in accounts:
        if each.issued == 0 and each.holder is not None:
            vain[each.issuer, each.provider, str(each.window)].append(each)
    for each in accounts:
        alike = vain[each.issuer, each.provider, str(each.window)]
        if each.issued or each.holder is None or len(alike) <= _FEW:
            yield _budget(each)
        elif each is alike[0]:
            refused = sum((Counter(other.refused) for other in alike), Counter())
            row = _budget(replace(each, refused=refused))
            yield (*row[:2], Cell(f"{len(alike)} others"), *row[3:])


def _budget(account: BudgetAccount) -> tuple[Cell, ...]:
    budget = account.budget
    holder = "" if account.holder is None else short(account.holder)
    issued = f"{account.issued}" if budget is None else f"{account.issued} of {budget.tokens}"
    used_up = budget is not None and account.issued >= budget.tokens
    window = "" if account.window is None else account.window
    counted = Cell(issued, tone="full" if used_up else "")
    return (*_cells(account.issuer, account.provider, holder, window), counted, Cell(_counts(account.refused)))


def _cells(*values: object) -> tuple[Cell, ...]:
    return tuple(Cell(str(each)) for each in values)


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {count}" for code, count in found.items())


def _moment(seconds: int | None) -> str:
    try:
        return "" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def _section(title: str, said: str, head: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Section:
    return Section(title, said, tuple(head), tuple(rows[:MOST_ROWS]), max(len(rows) - MOST_ROWS, 0))
