"""ruamel.yaml held to YAML 1.2: from a text to its nodes, or to a problem, whatever was raised over it.

ruamel takes three characters for line breaks that are none in YAML 1.2 (5.4), and so loses them: it never sees them.
Minor versions that it does not know it refuses; they are read as 1.2 with a warning (6.8.1), and so are directives that
nobody knows.
"""

import warnings
from collections.abc import Callable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scanner import Scanner, ScannerError

from simulator.errors import SimulatorWarning
from simulator.printable import printable
from simulator.scenario.loading.nodes import DEEPEST
from simulator.scenario.loading.problems import Problems, Source, Span

TOO_DEEP = f"nested too deep: {DEEPEST} levels are the most"

_NO_BREAKS = "\x85\u2028\u2029"
_SPARE = range(0xE000, 0xF900)
"""Characters without a meaning, of which three stand for those while ruamel reads."""
_INSIDE = (ValueError, OverflowError, AssertionError, LookupError, TypeError)
"""What the library raises besides its own errors, as for `"\\U00110000"`."""
_READ = (1, 2)
_KNOWN = ("YAML", "TAG")
_DIGITS = 4


class Composer:
    """Makes nodes of one text."""

    def __init__(self, text: str, problems: Problems, source: Source) -> None:
        self._text = text
        self._problems = problems
        self._source = source
        self._yaml = YAML(typ="safe", pure=True)
        self._yaml.Scanner = _scanner(self._warn)
        self._spare = _spare(text)

    @property
    def constructor(self) -> Any:
        """ruamel's, which makes values of scalars."""
        return self._yaml.constructor

    def restored(self, text: str) -> str:
        """What is written where ruamel says `text`."""
        return text.translate({ord(spare): each for each, spare in self._spare.items()}) if self._spare else text

    def root(self) -> Any:
        """The root node of the document. None where it is empty or no YAML; the problems say why."""
        text = self._shielded()
        try:
            root = self._yaml.compose(text)
            if root is None:
                self._add(1, 1, "the file is empty")
        except ReaderError as error:
            lines = Source.of("", text[: error.position]).lines
            self._add(len(lines), len(lines[-1]) + 1, f"character U+{error.character:04X} is not allowed in YAML")
        except YAMLError as error:
            self._explain(error)
        except RecursionError:
            self._add(*_too_deep(text), TOO_DEEP)
        except MemoryError:
            self._add(1, 1, "there is not memory enough to read this")
        else:
            return root
        return None

    def _shielded(self) -> str:
        return self._text.translate({ord(each): spare for each, spare in self._spare.items()})

    def _add(self, line: int, column: int, message: str) -> None:
        self._problems.add(Span(line, column, column + 1, self._source), message)

    def _warn(self, mark: Any, message: str) -> None:
        place = f"{self._source.file}:{mark.line + 1}:{mark.column + 1}"
        warnings.warn(f"{place}: {message}", SimulatorWarning, stacklevel=2)

    def _explain(self, error: YAMLError) -> None:
        problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        mark = (context or problem) if "end of stream" in str(error) else (problem or context)
        place = Span(mark.line + 1, mark.column + 1, mark.column + 2, self._source) if mark else None
        said = self.restored(_explained(error, self._source.line(place)))
        self._problems.add(place, said, self._source)


def _explained(error: YAMLError, line: str) -> str:
    problem, context = str(getattr(error, "problem", error)), getattr(error, "context", None)
    if "'\\t'" in problem:
        return "a tab can't indent: use spaces"
    if "another document" in problem:
        return "a second document begins here: a file is one scenario"
    if "end of stream" in problem and context:
        return f"not YAML: this has no end ({context})"
    if "mapping values are not allowed" in problem:
        return f'not YAML: {problem}; a text with ": " in it needs quotes'
    if "${" in line:
        return f'not YAML: {problem}; between {{ }} and [ ] a parameter needs quotes: "${{name}}"'
    return f"not YAML: {problem}" + (f", {context}" if context else "")


def _spare(text: str) -> dict[str, str]:
    """A character that the text has not, for each of those that it has and ruamel must not see."""
    wanted = [each for each in _NO_BREAKS if each in text]
    free = (chr(code) for code in _SPARE if chr(code) not in text) if wanted else iter(())
    return dict(zip(wanted, free, strict=False))


def _too_deep(text: str) -> tuple[int, int]:
    """Line and column where a text that is too deep to be made nodes of becomes so."""
    depth = 0
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = _scanner(lambda mark, message: None)
    for event in yaml.parse(text):
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            break
    return event.start_mark.line + 1, event.start_mark.column + 1


def _scanner(warn: Callable[[Any, str], None]) -> type[Scanner]:
    class Directives(Scanner):
        """A scanner that minds what stands in front of a document, and says where it could not go on."""

        def fetch_more_tokens(self) -> Any:
            try:
                return super().fetch_more_tokens()
            except _INSIDE as error:
                said = f"what stands in front of this can't be read ({str(error) or type(error).__name__})"
                raise ScannerError(None, None, said, self.reader.get_mark()) from error

        def scan_directive(self) -> Any:
            token = super().scan_directive()
            if token.name not in _KNOWN:
                warn(token.start_mark, f"the directive %{printable(token.name, 40)} means nothing here")
            return token

        def scan_yaml_directive_value(self, start_mark: Any) -> Any:
            major, minor = super().scan_yaml_directive_value(start_mark)
            if major != 1 or minor in (1, 2):
                return major, minor
            warn(start_mark, f"YAML {major}.{minor} is read as YAML {_READ[0]}.{_READ[1]}")
            self.yaml_version = _READ
            return _READ

        def scan_yaml_directive_number(self, start_mark: Any) -> Any:
            length = 0
            while "0" <= self.reader.peek(length) <= "9":
                length += 1
            if length > _DIGITS:
                mark = self.reader.get_mark()
                raise ScannerError("while scanning a directive", start_mark, "no version has such a number", mark)
            return super().scan_yaml_directive_number(start_mark)

    return Directives
