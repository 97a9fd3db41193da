"""`dataclass` as in the standard library, but for when its methods are compiled: where they are first used.

`dataclasses` writes and compiles six functions a class at import. This package makes some 650 classes and a process has
instances of a few of them. With `dataclasses` itself `mimi-sim run` of a small scenario takes 1.43 s of CPU in place of
1.12 s (a draft imported by name; on the same machine importing trio, httpx and hypercorn takes 0.33 s). Fields,
slots and `__match_args__` are the standard library's work here too, and `fields`, `replace`, `asdict` and pickle know
these classes; `order` and `InitVar` are left out.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from functools import lru_cache
from reprlib import recursive_repr
from types import CodeType, FunctionType, MemberDescriptorType
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


_FACTORY = _Factory()


class _CompiledWhenUsed:
    """Stands for a method of a class until it is first looked up: the compiled function then takes its place."""

    def __init__(self, made: type, name: str, written: Callable[[type], FunctionType]) -> None:
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


_SHAPES = 256
"""How many shapes of functions are kept: classes with as many fields of the same sorts share one."""


@lru_cache(_SHAPES)
def _shape(text: str) -> CodeType:
    """What `def` with this text compiles to. Fields are called `f0`, `f1` ... in it."""
    made: dict[str, Any] = {}
    exec(text, made)  # noqa: S102 - numbers of fields, no names of anybody's
    code: CodeType = made["function"].__code__
    return code


def _function(parameters: str, body: Sequence[str], names: Sequence[str], known: dict[str, Any]) -> FunctionType:
    """The function with these lines, in which each field has its own name in place of its number's. Renaming takes a
    tenth of what compiling does. `known` are its globals.
    """
    lines = "\n    ".join(body or ("pass",))
    shape = _shape(f"def function({parameters}):\n    {lines}\n")
    own = {f"f{number}": name for number, name in enumerate(names)}
    code = shape.replace(
        co_varnames=tuple(own.get(name, name) for name in shape.co_varnames),
        co_names=tuple(own.get(name, name) for name in shape.co_names),
        co_consts=tuple(own.get(value, value) if type(value) is str else value for value in shape.co_consts),
    )
    return FunctionType(code, known)


def _init(made: Any) -> FunctionType:
    """`__init__`, which sets each field to its argument or its default, and calls `__post_init__`."""
    numbered = list(enumerate(fields(made)))
    given = [(number, field) for number, field in numbered if field.init]
    by_place = [f"f{number}" for number, field in given if not field.kw_only]
    by_name = [f"f{number}" for number, field in given if field.kw_only]
    body = list(_assignments(made, numbered))
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    known: dict[str, Any] = {"_FACTORY": _FACTORY, "_set": object.__setattr__}
    known |= {f"_made_{number}": each.default_factory for number, each in numbered if _has_factory(each)}
    known |= {f"_default_{number}": each.default for number, each in numbered if not each.init}
    known |= {f"_set_{number}": made.__dict__[each.name].__set__ for number, each in numbered if _has_slot(made, each)}
    parameters = ", ".join(("self", *by_place, *(["*", *by_name] if by_name else ())))
    function = _function(parameters, body, [field.name for _, field in numbered], known)
    defaults = {field: _FACTORY if _has_factory(field) else field.default for _, field in given if _is_optional(field)}
    function.__defaults__ = tuple(default for field, default in defaults.items() if not field.kw_only) or None
    function.__kwdefaults__ = {field.name: default for field, default in defaults.items() if field.kw_only}
    function.__annotations__ = {field.name: field.type for _, field in given} | {"return": None}
    return function


def _has_factory(field: "Field[Any]") -> bool:
    return field.default_factory is not MISSING


def _is_optional(field: "Field[Any]") -> bool:
    return field.default is not MISSING or _has_factory(field)


def _has_slot(made: Any, field: "Field[Any]") -> bool:
    """Whether the class itself has a slot for it: setting that takes two thirds of looking its name up."""
    return isinstance(vars(made).get(field.name), MemberDescriptorType)


def _assignments(made: Any, numbered: Iterable[tuple[int, "Field[Any]"]]) -> Iterator[str]:
    frozen = made.__dataclass_params__.frozen
    for number, field in numbered:
        value = name = f"f{number}"
        if _has_factory(field):
            value = f"_made_{number}()"
            if field.init:
                value += f" if {name} is _FACTORY else {name}"
        elif not field.init:
            if field.default is MISSING or "__slots__" not in vars(made):
                continue
            value = f"_default_{number}"
        if not frozen:
            yield f"self.{name} = {value}"
        elif _has_slot(made, field):
            yield f"_set_{number}(self, {value})"
        else:
            yield f"_set(self, {name!r}, {value})"


def _values(of: str, count: int) -> str:
    return f"({''.join(f'{of}.f{number},' for number in range(count))})"


def _eq(made: Any) -> FunctionType:
    names = [field.name for field in fields(made) if field.compare]
    body = (
        "if other.__class__ is not self.__class__:",
        "    return NotImplemented",
        f"return {_values('self', len(names))} == {_values('other', len(names))}",
    )
    return _function("self, other", body, names, {})


def _hash(made: Any) -> FunctionType:
    names = [field.name for field in fields(made) if (field.compare if field.hash is None else field.hash)]
    return _function("self", (f"return hash({_values('self', len(names))})",), names, {})


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
