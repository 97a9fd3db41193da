"""What the steps that change a struct have in common."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Annotated, Any

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.loading.by_draft import Fields
from simulator.scenario.loading.problems import Unfit
from simulator.scenario.running.bodies import Change
from simulator.scenario.running.fields import (
    check_path,
    with_bit_flipped,
    with_field,
    with_item,
    with_item_repeated,
    without_item,
)
from simulator.scenario.step import Step

MOST_TIMES = 100_000
"""How many times an item can be there: a request that has more is too large for everybody."""


class Edits(Step, frozen=True, kw_only=True):
    """Changes of fields by dotted path, as the draft's structs name them: `recipients.0.client_id`,
    `body.group_update.commit.body.content.epoch`. Optionals and the arms of a select need not be named.
    """

    set: Fields = {}
    """A field and its new value: text, a number, bytes as `hex:00ff`, a list, a mapping for a struct, `{arm: fields}`
    for a select, nothing for an absent optional. In any path a `signed.` in front may be left out. A group is written
    as its URI: its `odd_group` can say which it is to be."""
    insert: dict[str, Any] = {}
    """A place in a vector (`recipients.1`) and the item that is put there."""
    duplicate: tuple[str, ...] = ()
    """Items of vectors that are there twice then."""
    repeat: dict[str, Annotated[int, msgspec.Meta(ge=2, le=MOST_TIMES)]] = {}
    """Items of vectors, and how many times each is there then: `recipients.0: 500`."""
    delete: tuple[str, ...] = ()
    """Items of vectors that are taken out."""
    flip: tuple[str, ...] = ()
    """Byte strings whose last bit is turned over."""

    def check_paths(self, structs: Iterable[type]) -> None:
        """Raise Unfit for a path that leads nowhere in any of these structs; it is told of the last."""
        for path in self.paths:
            wrong = None
            for struct in structs:
                try:
                    check_path(struct, path)
                    break
                except SimulatorError as error:
                    wrong = error
            else:
                if wrong is not None:
                    raise Unfit(path, str(wrong))

    @property
    def paths(self) -> tuple[str, ...]:
        """All that something is changed at."""
        return (*self.set, *self.insert, *self.duplicate, *self.repeat, *self.delete, *self.flip)

    @property
    def changes_fields(self) -> bool:
        """Whether there is anything to change."""
        return bool(self.paths)

    def changes(self) -> Iterator[tuple[str, Change]]:
        """All changes, each with its path, in the order of the fields above."""
        for path, value in self.set.items():
            yield path, partial(_with, with_field, value)
        for path, value in self.insert.items():
            yield path, partial(_with, with_item, value)
        for path in self.duplicate:
            yield path, partial(with_item_repeated, times=2)
        for path, times in self.repeat.items():
            yield path, partial(with_item_repeated, times=times)
        yield from ((path, without_item) for path in self.delete)
        yield from ((path, with_bit_flipped) for path in self.flip)

    def edited(self, struct: Any) -> Any:
        """The struct with all changes. Raises SimulatorError where one can't be."""
        for path, change in self.changes():
            struct = change(struct, path)
        return struct


def _with(change: Callable[[Any, str, Any], Any], value: Any, struct: Any, path: str) -> Any:
    return change(struct, path, value)
