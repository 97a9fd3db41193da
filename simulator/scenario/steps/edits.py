"""What the steps that change a struct have in common."""

from collections.abc import Iterable
from typing import Any

from simulator.errors import SimulatorError
from simulator.scenario.loading.by_draft import Fields
from simulator.scenario.loading.problems import Unfit
from simulator.scenario.running.fields import (
    check_path,
    with_bit_flipped,
    with_field,
    with_item,
    with_item_twice,
    without_item,
)
from simulator.scenario.step import Step


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
    delete: tuple[str, ...] = ()
    """Items of vectors that are taken out."""
    flip: tuple[str, ...] = ()
    """Byte strings whose last bit is turned over."""

    def check_paths(self, structs: Iterable[type]) -> None:
        """Raise Unfit for a path that leads nowhere in any of these structs; it is told of the last."""
        for path in (*self.set, *self.insert, *self.duplicate, *self.delete, *self.flip):
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
    def changes_fields(self) -> bool:
        """Whether there is anything to change."""
        return any((self.set, self.insert, self.duplicate, self.delete, self.flip))

    def edited(self, struct: Any) -> Any:
        """The struct with all changes, in the order of the fields above. Raises SimulatorError where one can't be."""
        for path, value in self.set.items():
            struct = with_field(struct, path, value)
        for path, value in self.insert.items():
            struct = with_item(struct, path, value)
        for change, paths in (
            (with_item_twice, self.duplicate),
            (without_item, self.delete),
            (with_bit_flipped, self.flip),
        ):
            for path in paths:
                struct = change(struct, path)
        return struct
