"""A page as it is read: Markdown's marks gone, what they meant shown, people and tags in their colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual.content import Content

from kinship.privacy.text import visible
from kinship.tui.widgets import markdown_lines as lines
from kinship.tui.widgets.markdown_lines import Fence, Span, fence_after, runs_of, spans_of

Notice = Callable[[str], Iterable[Span]]
"""Finds the mentions and tags in a line."""

STYLES = {
    lines.HEADING: "bold $accent",
    lines.EMPHASIS: "italic",
    lines.STRONG: "bold",
    lines.STRUCK: "strike",
    lines.CODE: "$practical",
    lines.QUOTE: "italic $dim",
    lines.BULLET: "$accent",
    lines.LINK: "underline",
    lines.ADDRESS: "$dim",
    lines.MENTION: "bold $accent",
    lines.UNKNOWN: "",
    lines.TAG: "$identity",
}
QUOTE_BAR = "│ "
_BULLETS = ("-", "*", "+")


def nothing(_line: str) -> tuple[Span, ...]:
    """Notice nobody."""
    return ()


def body_content(body: str, notice: Notice = nothing) -> Content:
    """Return the text of a page as it is read."""
    return Content("\n").join(_lines(body, notice))


def plain_line(line: str) -> str:
    """Return one line without the marks of Markdown that it begins with or that emphasise, as a list shows it."""
    if not any(mark in line for mark in "*_~`#>[\\"):
        return line
    return "".join(line[run.start : run.end] for run in runs_of(line, spans_of(line)) if lines.MARK not in run.roles)


def _lines(body: str, notice: Notice) -> Iterator[Content]:
    fence: Fence | None = None
    for line in body.split("\n"):
        after = fence_after(line, fence)
        if after == fence:
            yield _line(line, fence, notice)
        fence = after


def _line(line: str, fence: Fence | None, notice: Notice) -> Content:
    spans = spans_of(line, fence)
    if fence is None:
        if spans and spans[0].role == lines.MARK and spans[0] == Span(0, len(line), lines.MARK):
            return Content.styled("─" * 24, "$rule")
        if "@" in line or "#" in line:
            spans = (*spans, *notice(line))
    quoted = any(span.role == lines.QUOTE for span in spans)
    parts: list[tuple[str, str]] = [(QUOTE_BAR, "$rule")] if quoted else []
    for run in runs_of(line, spans):
        words = line[run.start : run.end]
        if lines.MARK in run.roles:
            continue
        if lines.BULLET in run.roles:
            words = _bullet(words)
        style = " ".join(STYLES[role] for role in run.roles if STYLES.get(role))
        parts.append((visible(words), style))
    return Content.assemble(*parts) if parts else Content("")


def _bullet(words: str) -> str:
    """Return a list's mark as a dot; numbers and boxes stay as typed."""
    bare = words.strip()
    return words.replace(bare, "•", 1) if bare in _BULLETS else words
