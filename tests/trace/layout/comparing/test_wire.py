"""Changes of structs, enums and unions are told once, in the words of the wire."""

import json
from typing import Any

import pytest

from simulator.codec.layout import NamedType, SizedType
from simulator.trace.layout.comparing import Kind, compare
from simulator.trace.layout.comparing.wire import Names
from tests.trace.layout.comparing.edited import edited, renamed, told, told_back
from tests.trace.layout.recorded_bodies import shipped

TBS = "QueueingServiceRequestTBS"


def fields(values: dict[str, Any], struct: str) -> list[list[Any]]:
    found: list[list[Any]] = values["wire"]["structs"][struct]
    return found


def with_priority(values: dict[str, Any]) -> None:
    fields(values, TBS).insert(1, ["priority", "uint16"])


def test_a_field_is_added_or_removed() -> None:
    assert told(with_priority) == [f"{TBS}: field priority (uint16) added after version"]
    assert told_back(with_priority) == [f"{TBS}: field priority (uint16) removed"]
    assert told(lambda values: fields(values, TBS).insert(0, ["magic", "opaque[4]"])) == [
        f"{TBS}: field magic (opaque[4]) added at the beginning"
    ]


def test_a_change_is_there_for_programs_too() -> None:
    (change,) = compare(shipped(), edited(with_priority))
    assert (change.kind, change.subject, change.part) == (Kind.field_added, TBS, "priority")
    assert (change.before, change.after) == ("", "uint16")


def test_two_fields_are_swapped() -> None:
    def swap(values: dict[str, Any]) -> None:
        row = fields(values, TBS)
        row[1], row[2] = row[2], row[1]

    assert told(swap) == [f"{TBS}: order changed: recipient before sender"]


def test_a_field_is_called_otherwise() -> None:
    def rename(values: dict[str, Any]) -> None:
        fields(values, TBS)[1][0] = "origin"

    assert told(rename) == [f"{TBS}: field sender renamed origin"]


def test_a_type_is_another() -> None:
    def widen(values: dict[str, Any]) -> None:
        fields(values, TBS)[0][1] = "uint32"

    assert told(widen) == [f"{TBS}: version is uint32 now, not uint16"]


@pytest.mark.parametrize(
    ("struct", "field", "shown"), [("AddUsersRequest", "welcomes", "welcomes<V>"), (TBS, "version", "version")]
)
def test_a_field_becomes_optional(struct: str, field: str, shown: str) -> None:
    def wrap(values: dict[str, Any]) -> None:
        row = next(each for each in fields(values, struct) if each[0] == field)
        row[1] = f"optional<{row[1]}>"

    assert told(wrap) == [f"{struct}: {shown} is optional now"]
    assert told_back(wrap) == [f"{struct}: {shown} is no longer optional"]


def test_a_condition_is_another() -> None:
    def drop(values: dict[str, Any]) -> None:
        del fields(values, "MIMIError")[2][2]

    assert told(drop) == ["MIMIError: current_epoch is there always now, not if code is wrong_epoch"]


def test_what_is_behind_its_length_has_a_later_name_too() -> None:
    names = Names({"Old": "New"}, {}, {}, {})
    assert names.type(SizedType(NamedType("Old"))) == SizedType(NamedType("New"))


def test_a_struct_is_called_otherwise_wherever_it_stands() -> None:
    def rename(values: dict[str, Any]) -> None:
        renamed(values, "FanoutRecipient", "Recipient")

    assert told(rename) == ["struct FanoutRecipient renamed Recipient"]


def test_a_struct_that_is_renamed_and_changed_is_told_so() -> None:
    def rename(values: dict[str, Any]) -> None:
        renamed(values, "MIMIError", "Problem")
        fields(values, "Problem").append(["retry_after", "uint32"])

    assert told(rename) == [
        "struct MIMIError renamed Problem",
        "Problem: field retry_after (uint32) added after current_epoch",
    ]


def test_a_struct_in_a_renamed_struct_is_known_again() -> None:
    def rename(values: dict[str, Any]) -> None:
        for old, new in (("QueueingServiceRequest", "Delivery"), (TBS, "DeliveryTBS"), ("FanoutRecipient", "To")):
            renamed(values, old, new)
        for row in values["endpoints"].values():
            row[3] = "Delivery" if row[3] == "QueueingServiceRequest" else row[3]
        values["labels"]["DeliveryTBS"] = values["labels"].pop(TBS)

    assert sorted(told(rename)) == [
        "struct FanoutRecipient renamed To",
        "struct QueueingServiceRequest renamed Delivery",
        f"struct {TBS} renamed DeliveryTBS",
    ]


def test_structs_come_and_go() -> None:
    def add(values: dict[str, Any]) -> None:
        values["wire"]["structs"]["Hint"] = [["text", "utf8<V>"], ["weight", "uint8"]]

    assert told(add) == ["struct Hint added"]
    assert told_back(add) == ["struct Hint removed"]


def test_the_number_of_a_value_is_another() -> None:
    def renumber(values: dict[str, Any]) -> None:
        values["wire"]["enums"]["ErrorCode"][1]["wrong_recipient"] = 44

    assert told(renumber) == ["ErrorCode: wrong_recipient 4 -> 44"]


def test_values_come_and_go_and_are_called_otherwise() -> None:
    def edit(values: dict[str, Any]) -> None:
        codes = values["wire"]["enums"]["ErrorCode"]
        codes[0] = 1
        codes[1]["busy"] = 99
        codes[1]["unready"] = codes[1].pop("internal")
        del codes[1]["rate_limited"]

    assert told(edit) == [
        "ErrorCode: uint16 -> uint8",
        "ErrorCode: busy (99) added",
        "ErrorCode: internal (20) renamed unready",
        "ErrorCode: rate_limited (18) removed",
    ]


def test_a_value_is_called_otherwise_wherever_it_selects_something() -> None:
    def rename(values: dict[str, Any]) -> None:
        for old, new in (("ds_send_message", "ds_post_message"), ("wrong_epoch", "other_epoch")):
            values["wire"] = json.loads(json.dumps(values["wire"]).replace(f'"{old}"', f'"{new}"'))

    assert sorted(told(rename)) == [
        "DSRequestType: ds_send_message (10) renamed ds_post_message",
        "ErrorCode: wrong_epoch (9) renamed other_epoch",
    ]


def test_an_enum_is_called_otherwise() -> None:
    assert told(lambda values: renamed(values, "ErrorCode", "Code")) == ["enum ErrorCode renamed Code"]


def test_cases_come_and_go() -> None:
    def drop(values: dict[str, Any]) -> None:
        del values["wire"]["unions"]["DSResponseBody"][1]["group_id"]

    assert told(drop) == ["DSResponseBody: case group_id (DSGroupID) removed"]
    assert told_back(drop) == ["DSResponseBody: case group_id (DSGroupID) added"]


def test_a_case_or_its_tag_is_another() -> None:
    def other(values: dict[str, Any]) -> None:
        values["wire"]["unions"]["QueueingServiceResponseBody"][1]["ok"] = "DSOk"

    assert told(other) == ["QueueingServiceResponseBody: case ok is DSOk now, not UnknownClients"]

    def tag(values: dict[str, Any]) -> None:
        values["wire"]["enums"]["Other"] = [1, {"ok": 0, "error": 1, "more": 2}]
        values["wire"]["unions"]["QueueingServiceResponseBody"][0] = "Other"

    assert told(tag) == ["enum Other added", "QueueingServiceResponseBody: selected by Other now, not ResponseType"]


def test_a_union_is_called_otherwise() -> None:
    assert told(lambda values: renamed(values, "Credential", "Cred")) == ["union Credential renamed Cred"]


def test_what_an_opaque_field_holds_is_another() -> None:
    def edit(values: dict[str, Any]) -> None:
        (types,) = [body[3] for body in values["wire"]["bodies"] if body[0] == "Extension.extension_data"]
        types["61443"] = "uint16<V>"
        del types["1"]

    assert told(edit) == [
        "Extension.extension_data 1 is opaque now, not ApplicationId",
        "Extension.extension_data 61443 is uint16<V> now, not opaque",
    ]
