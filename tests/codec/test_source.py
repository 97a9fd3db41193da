"""Functions that are written line by line."""

from simulator.codec.source import Source, compiled_when_called


def test_a_function_names_the_objects_that_are_bound_in_it() -> None:
    source = Source()
    source.add(f"return {source.bind('number', 7)} + {source.bind('number', 8)} + more")
    assert source.build("def total(more):")(1) == 16


def test_of_the_same_lines_each_has_its_own_objects() -> None:
    functions = []
    for number in (1, 2):
        source = Source()
        source.add(f"return {source.bind('number', number)}")
        functions.append(source.build("def number():"))
    assert [function() for function in functions] == [1, 2]
    assert functions[0].__code__ is functions[1].__code__


class Counted:
    """Counts how often its function is made."""

    made = 0

    @property
    def decode(self) -> object:
        self.made += 1
        return lambda *arguments: arguments


def test_a_function_in_a_table_is_compiled_when_it_is_first_called() -> None:
    table: dict[str, object] = {}
    wire = Counted()
    table["a"] = compiled_when_called(table, "a", wire, "decode")  # type: ignore[arg-type]
    assert wire.made == 0
    assert table["a"](1, 2) == (1, 2)  # type: ignore[operator]
    assert table["a"](3) == (3,)  # type: ignore[operator]
    assert wire.made == 1
