"""One run of the command: what surrounds it, and what its common options say. It imports next to nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kinship.ground.clock import Clock
    from kinship.ground.places import Places
    from kinship.vault import KdfCost
    from kinship.vault.keyring_slot import SecretStore


class Surroundings:
    """What a run takes from the machine; tests give another.

    `ask` asks for a secret (None: the prompt on the terminal); `cost` makes cheap keys for tests, and no option or
    variable reaches it; `keyring` stands in for the one of this computer.
    """

    def __init__(
        self,
        *,
        environment: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        ask: Callable[[str], str] | None = None,
        cost: KdfCost | None = None,
        keyring: SecretStore | None = None,
    ) -> None:
        self.environment = os.environ if environment is None else environment
        self._clock = clock
        self.ask = ask
        self.cost = cost
        self.keyring = keyring

    @property
    def clock(self) -> Clock:
        if self._clock is None:
            from kinship.ground.clock import SystemClock

            self._clock = SystemClock()
        return self._clock

    @property
    def places(self) -> Places:
        from kinship.ground.places import find_places

        return find_places(self.environment)


class Invocation:
    """The common options of one run, wherever on the line they stood."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.vault: str | None = None
        self.passphrase_fd: int | None = None
        self.keyfile: str | None = None
        self.json = False
        self.plain = False
        self.safe_screen = False

    @property
    def shows_initials(self) -> bool:
        """Whether initials stand for names on the screen: by the option, or by KINSHIP_SAFE_SCREEN."""
        return self.safe_screen or "KINSHIP_SAFE_SCREEN" in self.surroundings.environment

    @property
    def screen_environment(self) -> dict[str, str]:
        """The environment of a full screen, with what the options say in it."""
        told = {"KINSHIP_KEYFILE": self.keyfile, "KINSHIP_SAFE_SCREEN": "1" if self.safe_screen else None}
        return {**self.surroundings.environment, **{name: one for name, one in told.items() if one is not None}}

    @property
    def vault_path(self) -> Path:
        """The vault meant: `--vault`, then KINSHIP_VAULT, then the default under the XDG data folder."""
        from pathlib import Path

        told = self.vault or self.surroundings.environment.get("KINSHIP_VAULT")
        return Path(told).expanduser() if told else self.surroundings.places.default_vault
