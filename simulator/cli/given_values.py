"""What typer makes of values on the command line, without pydantic where there is nothing to make.

typer (0.29) builds a pydantic adapter for each parameter of a command, also for those that nobody gives: importing
pydantic and building them was a tenth of the start of `mimi-sim run`. Whatever is not given, or is of its type already,
is taken as it is here; for all else typer's own is built. This uses what typer does not promise to keep: where it has
changed, nothing is done.
"""

from collections.abc import Iterable
from typing import Any

try:
    from typer._coercion import RuntimeParam, TypeDescriptor, build_runtime_param

    _KNOWN = True
except ImportError:  # another typer
    RuntimeParam, _KNOWN = object, False  # type: ignore[misc,assignment]

_TAKEN = (str, int, bool)


class _AsGiven(RuntimeParam):
    """Takes a value as it is, if it is of the type that is wanted."""

    def __init__(self, descriptor: "TypeDescriptor") -> None:
        super().__init__(parameter_info=descriptor.parameter_info, annotation=descriptor.annotation)
        object.__setattr__(self, "_descriptor", descriptor)

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        descriptor: TypeDescriptor = self._descriptor  # type: ignore[attr-defined]
        wanted, info = descriptor.annotation, descriptor.parameter_info
        if info.parser is None and not (descriptor.is_choice or descriptor.is_file or descriptor.is_path):
            if wanted in _TAKEN and type(value) is wanted:
                return value
            if wanted == list[str] and isinstance(value, list | tuple) and all(type(each) is str for each in value):
                return list(value)
        return build_runtime_param(descriptor)._coerce_value(value, param, ctx)


def take_as_given(parameters: Iterable[Any]) -> None:
    """Let these parameters of a command be read so."""
    if not _KNOWN:
        return
    for parameter in parameters:
        descriptor = getattr(parameter, "type_descriptor", None)
        if isinstance(descriptor, TypeDescriptor) and getattr(parameter, "_runtime_param", parameter) is None:
            parameter._runtime_param = _AsGiven(descriptor)
