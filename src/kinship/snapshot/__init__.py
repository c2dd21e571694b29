"""A map taken away: one careful gate, one drawing model, one file for each format.

`render(circle, Format.SVG, share=Share(), seed=vault_id)` gives the bytes, `preview` says line by line what leaves,
`write_export` puts them on disk. Every writer sees only what `careful` let through.
"""

from kinship.snapshot.export import Format, file_name, preview, render, write_export
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.schema import map_schema
from kinship.snapshot.share import CAREFUL, FOOTER, ON_SCREEN, STRUCTURE_WARNING, NamesMode, Share

__all__ = [
    "CAREFUL",
    "FOOTER",
    "ON_SCREEN",
    "STRUCTURE_WARNING",
    "Format",
    "NamesMode",
    "Share",
    "file_name",
    "map_schema",
    "order_of_coming",
    "preview",
    "render",
    "write_export",
]
