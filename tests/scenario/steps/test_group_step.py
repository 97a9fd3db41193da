"""An operation is built now and sent at once, or later in a race."""

from simulator.scenario.steps import STEPS
from simulator.scenario.steps.group_step import GroupStep, OperationStep, RequestStep


def test_every_operation_on_a_group_names_client_and_group() -> None:
    groups = [kind for kind in STEPS.values() if issubclass(kind, GroupStep | OperationStep)]
    requests = [kind for kind in STEPS.values() if issubclass(kind, RequestStep)]
    assert len(groups) > 8
    assert len(requests) > 8
    assert all({"by", "group"} <= set(kind.__struct_fields__) for kind in groups)
    assert all("request" in vars(kind) or issubclass(kind, OperationStep) for kind in requests)
    assert all("operation" in vars(kind) for kind in groups if issubclass(kind, OperationStep))
