"""Two Syncthing programs on this machine that share one folder with each other and with nobody else."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

OFF = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "startBrowser": "false",
    "urAccepted": "-1",
    "crashReportingEnabled": "false",
    "autoUpgradeIntervalH": "0",
    "reconnectionIntervalS": "1",
}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _made(home: Path) -> str:
    """Make an identity in `home` and return its id."""
    subprocess.run(["syncthing", "generate", f"--home={home}"], check=True, capture_output=True, env=_alone(home))
    found = re.search(r'<device id="([A-Z0-9-]{63})"', (home / "config.xml").read_text())
    assert found is not None
    return found[1]


def _alone(home: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1"}


def _configure(home: Path, vault: Path, ports: dict[str, int], mine: str) -> None:
    tree = ET.parse(home / "config.xml")
    root = tree.getroot()
    for old in (*root.findall("folder"), *root.findall("device")):
        root.remove(old)
    folder = ET.SubElement(root, "folder", id="journal", path=str(vault), type="sendreceive", rescanIntervalS="3600")
    folder.attrib |= {"fsWatcherEnabled": "true", "fsWatcherDelayS": "1"}
    for device, port in ports.items():
        ET.SubElement(folder, "device", id=device)
        told = ET.SubElement(root, "device", id=device, compression="never")
        ET.SubElement(told, "address").text = f"tcp://127.0.0.1:{port}"
    gui = root.find("gui")
    options = root.find("options")
    assert gui is not None
    assert options is not None
    gui.set("enabled", "false")
    for old in options.findall("listenAddress"):
        options.remove(old)
    ET.SubElement(options, "listenAddress").text = f"tcp://127.0.0.1:{ports[mine]}"
    for name, value in OFF.items():
        found = options.find(name)
        (ET.SubElement(options, name) if found is None else found).text = value
    tree.write(home / "config.xml")


@contextmanager
def sharing(folder: Path, *vaults: Path) -> Iterator[None]:
    """Let Syncthing carry files between these copies of a vault while the block runs."""
    homes = [folder / f"syncthing{number}" for number in range(len(vaults))]
    ids = [_made(home) for home in homes]
    ports = {device: _free_port() for device in ids}
    running = []
    try:
        for home, vault, device in zip(homes, vaults, ids, strict=True):
            _configure(home, vault, ports, device)
            (vault / ".stfolder").mkdir()
            command = ["syncthing", "serve", f"--home={home}", "--no-browser", "--no-restart", "--logfile=-"]
            log = (home / "log").open("wb")
            running.append(subprocess.Popen(command, stdout=log, stderr=log, env=_alone(home)))
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def equal(one: Path, other: Path, seconds: float = 60) -> None:
    """Return once two copies of a vault hold the same files; fail where they never do."""
    end = time.monotonic() + seconds
    while (told := [_sizes(one), _sizes(other)])[0] != told[1]:
        if time.monotonic() > end:
            raise AssertionError(f"never the same: {told}")
        time.sleep(0.1)


def _sizes(vault: Path) -> dict[str, bytes]:
    return {str(file.relative_to(vault)): file.read_bytes() for file in vault.rglob("*") if file.is_file()}
