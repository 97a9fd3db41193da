"""Nodes by libyaml, in C, of a text that it can only read as ruamel does; ten times faster, where PyYAML is installed.

Whatever could be read otherwise, or not at all, is left to ruamel, which also explains what is wrong. Which values are
numbers, true, false or nothing is decided by ruamel's table for YAML 1.2: PyYAML's own is that of YAML 1.1.
"""

import re
from typing import Any

from ruamel.yaml.resolver import Resolver

try:
    from yaml import YAMLError
    from yaml.cyaml import CParser
    from yaml.nodes import MappingNode, ScalarNode
except ImportError:  # without PyYAML, or with one that was built without libyaml
    CParser = None

_PLAIN = "tag:yaml.org,2002:"
_APART = re.compile(r"[^\n -~\u00a1-\u167f\u1681-\u1fff\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff]|^%|^---|^\.\.\.", re.M)
"""Tabs, line breaks that not everybody takes for one, what may not be in YAML, directives, ends of documents."""
_PROPERTIES = re.compile(r"(?:^|[\s\[{,:?-])[!&*?@`](?=\S)", re.M)
"""A tag, an anchor, an alias, an explicit key: or what is like one in a text."""
_BRACKETS = re.compile(r"[\[\]{}]")
_LONGEST_LINE, _DEEPEST = 2000, 50
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
_FOR_ALL = _RESOLVERS.get(None, [])  # type: ignore[call-overload]


def composed(text: str) -> Any:
    """The root node of a document; None where ruamel has to say what is in it, or is wrong with it."""
    if CParser is None or not _is_plain(text):
        return None
    parser = _parser(text)
    try:
        return parser.get_single_node()
    except (YAMLError, ValueError, LookupError):
        return None
    finally:
        parser.dispose()


def _is_plain(text: str) -> bool:
    """Whether there is nothing in it that the two libraries may see differently, such as where a last line without an
    end ends, nor what is nested so deep that the one in C is in danger.
    """
    if (
        not text.endswith("\n")
        or _APART.search(text)
        or _PROPERTIES.search(text)
        or max(map(len, text.split("\n"))) > _LONGEST_LINE
    ):
        return False
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(depth, deepest)
    return deepest <= _DEEPEST


def _parser(text: str) -> Any:
    class Parser(CParser):  # type: ignore[misc]
        def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
            if kind is not ScalarNode:
                return f"{_PLAIN}map" if kind is MappingNode else f"{_PLAIN}seq"
            if implicit[0]:
                for tag, pattern in (*_RESOLVERS.get(value[:1], ()), *_FOR_ALL):
                    if pattern.match(value):
                        return str(tag)
            return f"{_PLAIN}str"

        def descend_resolver(self, parent: Any, index: Any) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

    return Parser(text)
