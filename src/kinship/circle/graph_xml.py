"""GraphML and GEXF, element by element: the parser keeps no tree, takes no DOCTYPE and goes no deeper than it must."""

from __future__ import annotations

import codecs
from abc import ABC, abstractmethod
from xml.parsers import expat

from kinship.circle.graph_parts import Tie, Told, quoted, weight_of
from kinship.ground.errors import Refused

DEEPEST = 64
MOST_KEYS = 500
MOST_VALUES = 400_000
"""Attributes that a file may declare, and values of them that it may give, defaults counted at each node and tie."""
WORDS = frozenset({"string", "boolean"})
"""Types of an attribute that can be a category."""
WEIGHT = "weight"


def is_xml(data: bytes) -> bool:
    """Return whether a file begins as XML does."""
    wide = (codecs.BOM_UTF16_LE + "<".encode("utf-16-le"), codecs.BOM_UTF16_BE + "<".encode("utf-16-be"))
    return data.lstrip(b" \t\r\n").startswith((b"<", codecs.BOM_UTF8 + b"<", *wide))


def read(data: bytes) -> Told:
    """Return the graph of a GraphML or GEXF file; Refused for other XML and for what is not well formed."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code) or "not well formed"
        raise Refused(f"line {error.lineno}: the XML is broken ({why}).") from error
    except (LookupError, ValueError) as error:
        raise Refused("the XML is written in an encoding that is not known here.") from error
    if not reader.graphs:
        raise Refused("it holds no graph.")
    return reader.told


class _Reader:
    """Hands every element to the dialect that the first one names."""

    def __init__(self) -> None:
        self.told = Told()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._dialect: _Dialect | None = None
        self._path: list[str] = []

    @property
    def graphs(self) -> int:
        return self._dialect.graphs if self._dialect is not None else 0

    def _refuse_doctype(self, *_: object) -> None:
        raise Refused("it has a DOCTYPE, and kinship reads no file that brings rules of its own.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._dialect is None:
            if local not in _DIALECTS:
                raise Refused(f"it is XML, but neither GraphML nor GEXF: it begins with {quoted(local)}.")
            self._dialect = _DIALECTS[local](self.told, self.parser)
        if len(self._path) >= DEEPEST:
            raise Refused(f"line {self.parser.CurrentLineNumber}: its elements lie more than {DEEPEST} deep.")
        self._path.append(local)
        self._dialect.start(local, self._path, attributes)

    def _end(self, _name: str) -> None:
        assert self._dialect is not None
        self._dialect.end(self._path.pop())

    def _text(self, text: str) -> None:
        if self._dialect is not None and self._path:
            self._dialect.text(self._path[-1], text)


class _Dialect(ABC):
    """What both formats share: the node and the edge that are open, and how many graphs there were."""

    def __init__(self, told: Told, parser: expat.XMLParserType) -> None:
        self.told = told
        self._parser = parser
        self.graphs = 0
        self._nodes: list[dict[str, str]] = []
        self._edge: tuple[str, str, bool | None] | None = None
        self._about: dict[str, str] = {}
        """Attributes of the open edge."""
        self._declared = self._said = 0

    @property
    def where(self) -> str:
        return f"line {self._parser.CurrentLineNumber}"

    @abstractmethod
    def start(self, name: str, path: list[str], attributes: dict[str, str]) -> None:
        """Take the beginning of an element: `path` holds the names from the outermost one down to it."""

    @abstractmethod
    def text(self, name: str, text: str) -> None:
        """Take what stands between two tags."""

    def end(self, name: str) -> None:
        if name == "node" and self._nodes:
            self._nodes.pop()
        if name == "edge" and self._edge is not None:
            source, target, directed = self._edge
            weight = self._about.pop(WEIGHT, None)
            number = None if weight is None else weight_of(weight, self.where)
            self.told.tie(Tie(source, target, number, directed, self._about))
            self._edge, self._about = None, {}

    def _open_graph(self, path: list[str]) -> None:
        self.graphs += "node" not in path
        if self.graphs > 1:
            raise Refused(f"{self.where}: it holds more than one graph.", "A file with one is measured.")

    def _open_node(self, attributes: dict[str, str]) -> None:
        self._nodes.append(self.told.node(self._needed(attributes, "id", "node")))

    def _needed(self, attributes: dict[str, str], name: str, of: str) -> str:
        if name not in attributes:
            raise Refused(f"{self.where}: this {of} has no {name}.")
        return attributes[name]

    def _declare(self) -> None:
        self._declared += 1
        if self._declared > MOST_KEYS:
            raise Refused(f"it declares more than {MOST_KEYS} attributes.")

    def _say(self, name: str, value: str) -> None:
        """Keep an attribute of the edge or else the node that is open."""
        self._said += 1
        if self._said > MOST_VALUES:
            raise Refused(f"its attributes have more than {MOST_VALUES:,} values.")
        if self._edge is not None:
            self._about[name.casefold() if name.casefold() == WEIGHT else name] = value
        elif self._nodes:
            self._nodes[-1][name] = value


class _GraphML(_Dialect):
    """GraphML 1.0 (Brandes et al. 2002), as igraph, networkx, Gephi and yEd write it."""

    def __init__(self, told: Told, parser: expat.XMLParserType) -> None:
        super().__init__(told, parser)
        self._keys: dict[str, tuple[str, str]] = {}
        """Id of a key to what it is for, and its name."""
        self._defaults: dict[str, str] = {}
        self._key: str | None = None
        self._read: list[str] | None = None

    def start(self, name: str, path: list[str], attributes: dict[str, str]) -> None:
        match name:
            case "key":
                self._open_key(attributes)
            case "graph":
                self._open_graph(path)
                self.told.directed = attributes.get("edgedefault", "undirected") == "directed"
            case "node":
                self._open_node(attributes)
                self._take_defaults("node")
            case "edge":
                direction = {"true": True, "false": False}.get(attributes.get("directed", ""))
                ends = (self._needed(attributes, "source", "edge"), self._needed(attributes, "target", "edge"))
                self._edge, self._about = (*ends, direction), {}
                self._take_defaults("edge")
            case "data":
                self._key, self._read = attributes.get("key"), []
            case "default":
                self._read = []
            case "hyperedge":
                raise Refused(f"{self.where}: it has a hyperedge, which joins more than two.")

    def text(self, name: str, text: str) -> None:
        if self._read is not None and name in ("data", "default"):
            self._read.append(text)

    def end(self, name: str) -> None:
        if name == "data" and self._read is not None and self._key in self._keys:
            self._say(self._keys[self._key][1], "".join(self._read).strip())
        if name == "default" and self._read is not None and self._key is not None:
            self._defaults[self._key] = "".join(self._read).strip()
        if name in ("data", "default"):
            self._read = None
        if name in ("data", "key"):
            self._key = None
        super().end(name)

    def _open_key(self, attributes: dict[str, str]) -> None:
        self._declare()
        self._key = self._needed(attributes, "id", "key")
        name, about = attributes.get("attr.name", self._key), attributes.get("for", "all")
        self._keys[self._key] = (about, name)
        if attributes.get("attr.type", "string") in WORDS and about in ("node", "all"):
            self.told.words.add(name)

    def _take_defaults(self, about: str) -> None:
        for key, value in self._defaults.items():
            if self._keys[key][0] in (about, "all"):
                self._say(self._keys[key][1], value)


class _Gexf(_Dialect):
    """GEXF 1.1 to 1.3, as Gephi and networkx write it; what moves over time is left out."""

    def __init__(self, told: Told, parser: expat.XMLParserType) -> None:
        super().__init__(told, parser)
        self._class = "node"
        self._titles: dict[tuple[str, str], str] = {}

    def start(self, name: str, path: list[str], attributes: dict[str, str]) -> None:
        match name:
            case "graph":
                self._open_graph(path)
                self.told.directed = attributes.get("defaultedgetype", "undirected") == "directed"
            case "attributes":
                self._class = attributes.get("class", "node")
            case "attribute":
                self._declare()
                title = attributes.get("title", attributes.get("id", ""))
                self._titles[self._class, attributes.get("id", "")] = title
                if self._class == "node" and attributes.get("type", "string") in WORDS:
                    self.told.words.add(title)
            case "node":
                self._open_node(attributes)
                if "label" in attributes:
                    self._say("label", attributes["label"])
            case "edge":
                self._open_edge(attributes)
            case "attvalue":
                about = "edge" if self._edge is not None else "node"
                id_ = attributes.get("for", attributes.get("id", ""))
                self._say(self._titles.get((about, id_), id_), attributes.get("value", ""))

    def text(self, name: str, text: str) -> None:
        """Leave what stands between two tags: GEXF says everything in attributes."""

    def _open_edge(self, attributes: dict[str, str]) -> None:
        direction = {"directed": True, "undirected": False, "mutual": False}.get(attributes.get("type", ""))
        ends = (self._needed(attributes, "source", "edge"), self._needed(attributes, "target", "edge"))
        self._edge, self._about = (*ends, direction), {}
        if WEIGHT in attributes:
            self._say(WEIGHT, attributes[WEIGHT])


_DIALECTS: dict[str, type[_Dialect]] = {"graphml": _GraphML, "gexf": _Gexf}
