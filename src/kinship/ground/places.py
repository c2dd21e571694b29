"""Where things lie on this machine: XDG folders on Linux and macOS alike, and what the package brings along."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VAULT_ENDING = ".kinship"


@dataclass(frozen=True)
class Places:
    """The folders of one person; none of them need exist yet."""

    config: Path
    """Settings and own colour themes; never a private word."""
    data: Path
    """Holds the default vault."""
    state: Path
    """Local and never synced: drafts, high-water marks, locks."""

    @property
    def default_vault(self) -> Path:
        return self.data / f"journal{VAULT_ENDING}"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def own_themes(self) -> Path:
        return self.config / "themes"


def find_places(environment: Mapping[str, str] | None = None) -> Places:
    """Return the person's folders by the XDG base directory specification (which ignores relative values)."""
    env = os.environ if environment is None else environment
    home = Path(env["HOME"]) if env.get("HOME") else Path.home()

    def xdg(variable: str, otherwise: str) -> Path:
        told = Path(env.get(variable, ""))
        return (told if told.is_absolute() else home / otherwise) / "kinship"

    return Places(
        config=xdg("XDG_CONFIG_HOME", ".config"),
        data=xdg("XDG_DATA_HOME", ".local/share"),
        state=xdg("XDG_STATE_HOME", ".local/state"),
    )


def shipped_themes() -> Path:
    """Return the folder of our own colour themes: inside an installed package, at the top of a checkout otherwise."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent.parent / "themes"
