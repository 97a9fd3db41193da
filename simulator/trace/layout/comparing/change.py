"""One way in which a layout differs from the one before."""

from enum import StrEnum

from simulator.dataclass import dataclass


class Kind(StrEnum):
    """What has changed."""

    field_added = "field added"
    field_removed = "field removed"
    field_renamed = "field renamed"
    field_type = "field type"
    field_condition = "field condition"
    order = "order"
    struct_added = "struct added"
    struct_removed = "struct removed"
    struct_renamed = "struct renamed"
    enum_added = "enum added"
    enum_removed = "enum removed"
    enum_renamed = "enum renamed"
    enum_size = "enum size"
    value_added = "value added"
    value_removed = "value removed"
    value_renamed = "value renamed"
    value_number = "value number"
    union_added = "union added"
    union_removed = "union removed"
    union_renamed = "union renamed"
    union_tag = "union tag"
    case_added = "case added"
    case_removed = "case removed"
    case_type = "case type"
    body_type = "body type"
    endpoint_added = "endpoint added"
    endpoint_removed = "endpoint removed"
    endpoint_renamed = "endpoint renamed"
    endpoint_changed = "endpoint changed"
    label = "label"
    check_added = "check added"
    check_removed = "check removed"
    check_moved = "check moved"
    rule_added = "rule added"
    rule_removed = "rule removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A change. Its text is the sentence."""

    kind: Kind
    subject: str
    """The struct, enum, endpoint, check or rule, by its name in the later layout where it is there."""
    part: str
    """The field, the value, the case, or which property; nothing where it is the whole."""
    before: str
    """As text; nothing where there was none."""
    after: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence
