"""`dataclass` as in the standard library, but for when its methods are compiled: where they are first used.

`dataclasses` writes and compiles six functions a class at import. This package makes some 650 classes and a process has
instances of a few of them. With `dataclasses` itself `mimi-sim run` of a small scenario takes 1.43 s of CPU in place of
1.12 s (a draft imported by name; on the same machine importing trio, httpx and hypercorn takes 0.33 s). Fields,
slots and `__match_args__` are the standard library's work here too, and `fields`, `replace`, `asdict` and pickle know
these classes; `order` and `InitVar` are left out.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Make a class a dataclass, with the options of `dataclasses.dataclass`."""
        return (lambda later: _dataclass(later, **options)) if cls is None else _dataclass(cls, **options)


class _Factory:
    """The default of a parameter whose field has a default factory."""

    def __repr__(self) -> str:
        return "<factory>"


class _CompiledWhenUsed:
    """Stands for a method of a class until it is first looked up: the compiled function then takes its place."""

    def __init__(self, made: type, name: str, written: Callable[[type], Callable[..., Any]]) -> None:
        self.made, self.name, self.written = made, name, written

    def __get__(self, instance: Any, of: type) -> Any:
        function = self.written(self.made)
        function.__qualname__, function.__module__ = f"{self.made.__qualname__}.{self.name}", self.made.__module__
        setattr(self.made, self.name, function)
        return function if instance is None else function.__get__(instance, of)


def _dataclass(
    cls: type,
    *,
    init: bool = True,
    repr: bool = True,  # noqa: A002 - the standard library's names
    eq: bool = True,
    unsafe_hash: bool = False,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
) -> type:
    own = dict(vars(cls))
    hashes = "__hash__" in own and not (own["__hash__"] is None and "__eq__" in own)
    inherits = any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:])
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard library spends time on a signature there
    compiled_now = frozen and inherits  # the standard library wants to know of bases and subclasses whether both are
    make: Any = dataclasses.dataclass(
        init=False, repr=False, eq=False, frozen=compiled_now, slots=slots, kw_only=kw_only
    )
    made: Any = make(cls)
    made.__dataclass_params__.frozen = frozen
    written: dict[str, Any] = {"__init__": _init if init else None, "__eq__": _eq if eq else None}
    for name, function in written.items():
        if function is not None and name not in own:
            setattr(made, name, _CompiledWhenUsed(made, name, function))
    if repr and "__repr__" not in own:
        made.__repr__ = _repr
    if unsafe_hash or (eq and frozen and not hashes):
        made.__hash__ = _CompiledWhenUsed(made, "__hash__", _hash)
    elif eq and not hashes:
        made.__hash__ = None
    if frozen and not compiled_now:
        _freeze(made)
    if frozen and slots:
        made.__getstate__, made.__setstate__ = _state, _set_state
    return made  # type: ignore[no-any-return]


def _compiled(
    name: str, parameters: Sequence[str], body: Sequence[str], known: Mapping[str, Any]
) -> Callable[..., Any]:
    lines = "\n    ".join(body or ("pass",))
    made: dict[str, Any] = {}
    exec(f"def {name}({', '.join(parameters)}):\n    {lines}\n", dict(known), made)  # noqa: S102 - names of fields
    function: Callable[..., Any] = made[name]
    return function


def _init(made: Any) -> Callable[..., Any]:
    """`__init__`, which sets each field to its argument or its default, and calls `__post_init__`."""
    given = [field for field in fields(made) if field.init]
    by_name = [_parameter(field) for field in given if field.kw_only]
    parameters = ["self", *(_parameter(field) for field in given if not field.kw_only), *(["*"] if by_name else ())]
    known: dict[str, Any] = {f"_default_{field.name}": field.default for field in fields(made)}
    known |= {f"_made_{field.name}": field.default_factory for field in fields(made)}
    body = list(_assignments(made))
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    known |= {"_FACTORY": _Factory(), "_set": object.__setattr__}
    function = _compiled("__init__", parameters + by_name, body, known)
    function.__annotations__ = {field.name: field.type for field in given} | {"return": None}
    return function


def _parameter(field: "Field[Any]") -> str:
    if field.default is not MISSING:
        return f"{field.name}=_default_{field.name}"
    return f"{field.name}=_FACTORY" if field.default_factory is not MISSING else field.name


def _assignments(made: Any) -> Iterator[str]:
    for field in fields(made):
        value = field.name
        if field.default_factory is not MISSING:
            value = f"_made_{field.name}()"
            if field.init:
                value += f" if {field.name} is _FACTORY else {field.name}"
        elif not field.init:
            if field.default is MISSING or "__slots__" not in vars(made):
                continue
            value = f"_default_{field.name}"
        frozen = made.__dataclass_params__.frozen
        yield f"_set(self, {field.name!r}, {value})" if frozen else f"self.{field.name} = {value}"


def _values(of: str, made: Any, *, hashed: bool = False) -> str:
    compared = [f for f in fields(made) if (f.hash if hashed and f.hash is not None else f.compare)]
    return f"({''.join(f'{of}.{field.name},' for field in compared)})"


def _eq(made: Any) -> Callable[..., Any]:
    body = [
        "if other.__class__ is not self.__class__:",
        "    return NotImplemented",
        f"return {_values('self', made)} == {_values('other', made)}",
    ]
    return _compiled("__eq__", ("self", "other"), body, {})


def _hash(made: Any) -> Callable[..., Any]:
    return _compiled("__hash__", ("self",), [f"return hash({_values('self', made, hashed=True)})"], {})


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _freeze(made: Any) -> None:
    """Let nobody assign to a field, nor, where the class itself is meant, to anything else."""
    names = frozenset(field.name for field in fields(made))

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        if type(self) is made or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is made or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    made.__setattr__, made.__delattr__ = __setattr__, __delattr__


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: Sequence[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
