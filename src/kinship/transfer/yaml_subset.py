"""As much of YAML as diaries and front matter use: maps, lists, strings; no anchors, no types, nothing that grows."""

from __future__ import annotations

import re

from kinship.ground.errors import Refused

Node = str | list["Node"] | dict[str, "Node"] | None
"""Every scalar is a string as it is written; an empty one, `~` and `null` are None."""

DEEPEST = 20
MOST_NODES = 200_000
MOST_LINES = 200_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLOW_END = re.compile(r"[,\[\]{}\n]|:(?=[\s,\[\]{}]|$)|(?<=\s)#")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU])")
_SIGNS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HIGHEST = 0x10FFFF


def read_yaml(text: str) -> Node:
    """Return what `text` holds. Raises Refused for what is no YAML, or more of it than is read here."""
    if text.count("\n") > MOST_LINES:
        raise _refused()
    return _Reader(text).document()


def _refused() -> Refused:
    return Refused("That is no YAML that can be read.")


class _Reader:
    """A text and the starts of its lines; blocks are read by lines, quotes and brackets by characters."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._at = 0
        self._nodes = 0

    def document(self) -> Node:
        if self._lines and self._lines[0].rstrip() == "---":
            self._at = 1
        indent = self._next()
        if indent is None:
            return None
        found = self._block(indent, 0)
        if self._next() is not None and self._lines[self._at].rstrip() not in ("---", "..."):
            raise _refused()
        return found

    def _next(self) -> int | None:
        """Go on to the next line with words; return its indent, None at the end."""
        while self._at < len(self._lines):
            words = self._lines[self._at].lstrip(" ")
            if words.strip() and not words.startswith("#"):
                return len(self._lines[self._at]) - len(words)
            self._at += 1
        return None

    def _count(self, depth: int) -> None:
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            raise _refused()

    def _block(self, indent: int, depth: int) -> Node:
        """Read the block that begins on this line, at this indent."""
        self._count(depth)
        words = self._lines[self._at][indent:]
        if words == "-" or words.startswith("- "):
            return self._list(indent, depth)
        if self._key(self._at, indent) is not None:
            return self._map(indent, depth)
        return self._value(self._at, indent, indent - 1, depth)

    def _map(self, indent: int, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while self._next() == indent:
            if self._lines[self._at].rstrip() in ("---", "..."):
                break
            told = self._key(self._at, indent)
            if told is None:
                raise _refused()
            key, column = told
            found[key] = self._after(column, indent, depth + 1, lists=True)
        return found

    def _list(self, indent: int, depth: int) -> list[Node]:
        found: list[Node] = []
        while self._next() == indent:
            line = self._lines[self._at]
            words = line[indent:]
            if words != "-" and not words.startswith("- "):
                break
            rest = words[1:]
            inner = indent + 1 + len(rest) - len(rest.lstrip(" "))
            if rest.strip() and self._key(self._at, inner) is not None:
                self._lines[self._at] = " " * inner + line[inner:]
                self._count(depth)
                found.append(self._map(inner, depth + 1))
            else:
                found.append(self._after(indent + 1, indent, depth + 1, lists=False))
        return found

    def _after(self, column: int, indent: int, depth: int, *, lists: bool) -> Node:
        """Read what stands after a key or a dash: on its line, or as a block below it."""
        self._count(depth)
        line = self._lines[self._at]
        column += len(line[column:]) - len(line[column:].lstrip(" "))
        rest = line[column:]
        if rest.strip() and not rest.startswith("#"):
            return self._value(self._at, column, indent, depth)
        self._at += 1
        inner = self._next()
        if inner is None or inner < indent or (inner == indent and not (lists and self._is_item(inner))):
            return None
        return self._block(inner, depth)

    def _is_item(self, indent: int) -> bool:
        words = self._lines[self._at][indent:]
        return words == "-" or words.startswith("- ")

    def _key(self, number: int, column: int) -> tuple[str, int] | None:
        """Return the key that stands here and where its value begins, None where there is none."""
        line = self._lines[number]
        if line[column : column + 1] in ("'", '"'):
            end = self._quote_end(self._starts[number] + column, self._starts[number] + len(line))
            if end is None:
                return None
            local = end - self._starts[number]
            if line[local : local + 1] == ":" and line[local + 1 : local + 2] in ("", " "):
                return self._unquoted(self._starts[number] + column, end), local + 1
            return None
        if line[column : column + 1] in ("[", "{", "&", "*", "!", "|", ">", "%", "@", "`", "?", "#"):
            return None
        colon = line.find(": ", column)
        if colon < 0 and line.rstrip().endswith(":"):
            colon = len(line.rstrip()) - 1
        hash_ = line.find(" #", column)
        if colon <= column - 1 or colon < 0 or (0 <= hash_ < colon):
            return None
        return line[column:colon].strip(), colon + 1

    def _value(self, number: int, column: int, indent: int, depth: int) -> Node:
        """Read the scalar or the brackets that begin here; what belongs to it is indented by more than `indent`."""
        sign = self._lines[number][column]
        offset = self._starts[number] + column
        if sign in "&*!%@`":
            raise _refused()
        if sign in "|>":
            return self._literal(self._lines[number][column:], indent)
        if sign in "'\"":
            end = self._quote_end(offset, len(self._text))
            if end is None:
                raise _refused()
            self._go_behind(end)
            return self._unquoted(offset, end)
        if sign in "[{":
            flow, end = self._flow(offset, depth)
            self._go_behind(end)
            return flow
        return self._plain(number, column, indent)

    def _go_behind(self, end: int) -> None:
        """Go on behind what ended at this character; only a comment may follow on its line."""
        line_end = self._text.find("\n", end)
        rest = self._text[end : line_end if line_end >= 0 else len(self._text)].strip()
        if rest and not rest.startswith("#"):
            raise _refused()
        while self._starts[self._at + 1] <= end and self._at + 1 < len(self._lines):
            self._at += 1
        self._at += 1

    def _plain(self, number: int, column: int, indent: int) -> Node:
        parts = [_uncommented(self._lines[number][column:])]
        self._at = number + 1
        blanks = 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            words = line.strip()
            if words and (len(line) - len(line.lstrip(" ")) <= indent or words.startswith("#")):
                break
            self._at += 1
            if not words:
                blanks += 1
                continue
            parts += ["\n" * blanks or " ", _uncommented(words)]
            blanks = 0
        told = "".join(parts).strip()
        return None if told in _NULLS else told

    def _literal(self, head: str, indent: int) -> str:
        folded, keeps, cuts = head[0] == ">", "+" in head[:3], "-" in head[:3]
        given = next((int(one) for one in head[1:3] if one.isdecimal()), 0)
        self._at += 1
        inner = max(indent, 0) + given if given else 0
        lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            own = len(line) - len(line.lstrip(" "))
            if line.strip():
                inner = inner or own
                if own < inner or inner <= indent:
                    break
            lines.append(line[inner:] if line.strip() or len(line) > inner > 0 else "")
            self._at += 1
        ends = 0
        while lines and not lines[-1].strip():
            lines.pop()
            ends += 1
        told = _folded(lines) if folded else "\n".join(lines)
        return told + ("\n" * (ends + 1) if keeps else "" if cuts or not lines else "\n")

    def _quote_end(self, start: int, limit: int) -> int | None:
        """Return where the quoted text that begins at `start` ends, behind its quote; None where it does not."""
        quote = self._text[start]
        at = start + 1
        while (end := self._text.find(quote, at, limit)) >= 0:
            if quote == "'" and self._text[end + 1 : end + 2] == "'":
                at = end + 2
            elif quote == '"' and (end - _before(self._text, end)) % 2:
                at = end + 1
            else:
                return end + 1
        return None

    def _unquoted(self, start: int, end: int) -> str:
        told = self._text[start + 1 : end - 1]
        double = self._text[start] == '"'
        if "\n" in told:
            told = _joined(told.split("\n"), escapes=double)
        return _ESCAPE.sub(_unescaped, told) if double else told.replace("''", "'")

    def _flow(self, at: int, depth: int) -> tuple[Node, int]:
        """Read what begins at this character within brackets."""
        self._count(depth)
        at = self._blank(at)
        sign = self._text[at : at + 1]
        if sign == "[":
            return self._flow_list(at + 1, depth)
        if sign == "{":
            return self._flow_map(at + 1, depth)
        if sign in ("'", '"'):
            end = self._quote_end(at, len(self._text))
            if end is None:
                raise _refused()
            return self._unquoted(at, end), end
        if sign in ("&", "*", "!", ""):
            raise _refused()
        return self._flow_plain(at)

    def _flow_plain(self, at: int) -> tuple[Node, int]:
        parts: list[str] = []
        while True:
            found = _FLOW_END.search(self._text, at)
            if found is None:
                raise _refused()
            parts.append(self._text[at : found.start()].strip())
            at = found.start()
            if found[0] != "\n":
                break
            at = self._blank(at)
        told = " ".join(one for one in parts if one)
        return None if told in _NULLS else told, at

    def _flow_list(self, at: int, depth: int) -> tuple[list[Node], int]:
        found: list[Node] = []
        while self._text[(at := self._blank(at)) : at + 1] != "]":
            node, at = self._flow(at, depth + 1)
            found.append(node)
            at = self._comma(at, "]")
        return found, at + 1

    def _flow_map(self, at: int, depth: int) -> tuple[dict[str, Node], int]:
        found: dict[str, Node] = {}
        while self._text[(at := self._blank(at)) : at + 1] != "}":
            key, at = self._flow(at, depth + 1)
            at = self._blank(at)
            value: Node = None
            if self._text[at : at + 1] == ":":
                at = self._blank(at + 1)
                if self._text[at : at + 1] not in (",", "}"):
                    value, at = self._flow(at, depth + 1)
            if not isinstance(key, str):
                raise _refused()
            found[key] = value
            at = self._comma(at, "}")
        return found, at + 1

    def _comma(self, at: int, closing: str) -> int:
        at = self._blank(at)
        if self._text[at : at + 1] == ",":
            return at + 1
        if self._text[at : at + 1] != closing:
            raise _refused()
        return at

    def _blank(self, at: int) -> int:
        found = _BLANK.match(self._text, at)
        return found.end() if found else at


_BLANK = re.compile(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*")


def _before(text: str, at: int) -> int:
    """Return where the run of backslashes that ends before `at` begins."""
    start = at
    while start and text[start - 1] == "\\":
        start -= 1
    return start


def _uncommented(words: str) -> str:
    hash_ = words.find(" #")
    return (words[:hash_] if hash_ >= 0 else words).strip()


def _folded(lines: list[str]) -> str:
    parts: list[str] = []
    blanks = 0
    for line in lines:
        if not line.strip():
            blanks += 1
            continue
        if parts or blanks:
            parts.append("\n" * blanks if blanks else " ")
        parts.append(line)
        blanks = 0
    return "".join(parts)


def _joined(lines: list[str], *, escapes: bool) -> str:
    """Return the lines of a quoted text as one: a line end is a blank, an empty line a line end (YAML 1.2, 6.5)."""
    parts: list[str] = []
    blanks, joins = 0, True
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        words = line if number == 0 else line.lstrip(" \t")
        if not words.strip(" \t") and number > 0 and not last:
            blanks += 1
            continue
        if not joins:
            parts.append("\n" * blanks or " ")
        elif blanks:
            parts.append("\n" * blanks)
        if not last:
            words = _stripped(words, escapes=escapes)
        joins = escapes and not last and (len(words) - _before(words, len(words))) % 2 == 1
        parts.append(words[:-1] if joins else words)
        blanks = 0
    return "".join(parts)


def _stripped(words: str, *, escapes: bool) -> str:
    stripped = words.rstrip(" \t")
    if escapes and stripped != words and (len(stripped) - _before(stripped, len(stripped))) % 2:
        return words[: len(stripped) + 1]
    return stripped


def _unescaped(found: re.Match[str]) -> str:
    told = found[1]
    if told[0] in "xuU" and len(told) > 1:
        number = int(told[1:], 16)
        return chr(number) if number <= _HIGHEST else ""
    return _SIGNS.get(told, told)
