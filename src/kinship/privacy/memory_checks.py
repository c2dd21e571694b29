"""What of a running program can reach the disk: core dumps, other programs' eyes, swap, the drive beneath the vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kinship.privacy.machine import Line, Machine, State
from kinship.privacy.mounts import IN_MEMORY, MOUNTINFO, Mount, mount_of

CORE = "core dumps"
READING = "memory"
SWAP = "swap"
DRIVE = "the drive"
_DEEPEST = 8
_ENCRYPTED_KINDS = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs"})
_ELSEWHERE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "davfs", "fuse.sshfs", "fuse.rclone"})
_UNSEEN = frozenset({"overlay", "zfs", "fuseblk", "aufs"})
_ADVISE_SWAP = "Encrypt the swap, or turn it off while you write: sudo swapoff -a"
_ADVISE_DRIVE = "Encrypt the drive of this computer if you can: swap, caches and old copies lie on it."


def memory_lines(machine: Machine, vault: Path) -> Iterator[Line]:
    """Yield a line for each of core dumps, memory, swap and the drive."""
    yield _core(machine)
    yield _reading(machine)
    yield _swap(machine)
    yield _drive(machine, vault)


def _core(machine: Machine) -> Line:
    own = "kinship forbids core dumps for itself as soon as a vault is opened"
    if machine.system != "linux":
        return Line(CORE, State.FINE, f"{own}.")
    pattern = (machine.read("/proc/sys/kernel/core_pattern") or "").strip()
    if pattern.startswith("|"):
        collector = Path(pattern[1:].split(" ")[0]).name
        sentence = f"{own}; but what other programs leave when they crash, your terminal too, goes to {collector}."
        return Line(CORE, State.LOOK, sentence, "Tell the collector to keep nothing (Storage=none), or turn it off.")
    if machine.core_limit() == 0:
        return Line(CORE, State.FINE, f"{own}, and programs started like this one leave none either.")
    sentence = f"{own}; but if another program crashes, your terminal among them, its memory may land in a file."
    return Line(CORE, State.LOOK, sentence, "Put this into your shell's start file: ulimit -c 0")


def _reading(machine: Machine) -> Line:
    if machine.system != "linux":
        return Line(READING, State.UNKNOWN, "Whether other programs of yours may read this one's memory is not told.")
    scope = (machine.read("/proc/sys/kernel/yama/ptrace_scope") or "").strip()
    own = "kinship closes its own memory to other programs of yours while a vault is open"
    if machine.user == 0:
        sentence = "You are root here, and root reads every memory, this program's too."
        return Line(READING, State.LOOK, sentence, "Use kinship as an ordinary user.")
    if scope.isdigit() and int(scope) > 0:
        return Line(READING, State.FINE, f"{own}, and this system keeps them out of each other's memory in general.")
    what = "any program of yours may read your terminal's" if scope == "0" else "whether they may read your terminal's"
    if scope == "0":
        sentence = f"{own}; but {what}, where the words were shown."
        return Line(READING, State.LOOK, sentence, "sudo sysctl kernel.yama.ptrace_scope=1")
    return Line(READING, State.UNKNOWN, f"{own}; {what} is not told here.")


def _swap(machine: Machine) -> Line:
    table = machine.read("/proc/swaps")
    if table is not None:
        return _swap_of(machine, table)
    told = machine.ask("/usr/sbin/sysctl", "-n", "vm.swapusage") if machine.system == "darwin" else None
    if told is not None and "encrypted" in told:
        return Line(SWAP, State.FINE, "macOS encrypts what it moves from memory to the disk.")
    return Line(SWAP, State.UNKNOWN, "Whether memory is moved to the disk, and how, is not told here.")


def _swap_of(machine: Machine, table: str) -> Line:
    places = [line.split()[0] for line in table.splitlines()[1:] if line.split()]
    if not places:
        return Line(SWAP, State.FINE, "There is no swap: no memory is moved to the disk, and nothing hibernates there.")
    open_ones = [place for place in places if _is_encrypted(machine, place) is False]
    unknown = [place for place in places if _is_encrypted(machine, place) is None]
    if open_ones:
        sentence = f"Memory, your words with it, may be moved to {open_ones[0]}, which is not encrypted."
        return Line(SWAP, State.LOOK, sentence, _ADVISE_SWAP)
    if unknown:
        sentence = f"Memory may be moved to {unknown[0]}; whether that is encrypted cannot be seen."
        return Line(SWAP, State.UNKNOWN, sentence, _ADVISE_SWAP)
    return Line(SWAP, State.FINE, f"Memory may be moved to {places[0]}, which is encrypted or itself in memory.")


def _is_encrypted(machine: Machine, swap: str) -> bool | None:
    """Return whether a place of swap is encrypted or in memory; None where it cannot be seen."""
    device = machine.real(swap).name
    if device.startswith("zram"):
        behind = (machine.read(f"/sys/block/{device}/backing_dev") or "none").strip()
        return True if behind == "none" else _encrypted_below(machine, Path(behind).name)
    if swap.startswith("/dev/"):
        return _encrypted_below(machine, device)
    mount = mount_of(machine.real(swap), machine.read(MOUNTINFO) or "")
    return _encrypted_mount(machine, mount) if mount is not None else None


def _encrypted_mount(machine: Machine, mount: Mount) -> bool | None:
    if mount.kind in _ENCRYPTED_KINDS:
        return True
    if mount.kind in _ELSEWHERE | _UNSEEN or not mount.source.startswith("/dev/"):
        return None
    return _encrypted_below(machine, machine.real(mount.source).name)


def _encrypted_below(machine: Machine, device: str, depth: int = 0) -> bool | None:
    """Return whether a block device, or everything it lies on, is one that the kernel encrypts (dm-crypt)."""
    folder = f"/sys/class/block/{device}"
    if machine.names(folder) is None or depth > _DEEPEST:
        return None
    if (machine.read(f"{folder}/dm/uuid") or "").startswith("CRYPT-"):
        return True
    below = machine.names(f"{folder}/slaves") or ()
    if not below:
        return False
    found = [_encrypted_below(machine, one, depth + 1) for one in below]
    return False if False in found else None if None in found else True


def _drive(machine: Machine, vault: Path) -> Line:
    if machine.system == "darwin":
        return _filevault(machine.ask("/usr/bin/fdesetup", "status"))
    mount = mount_of(machine.real(vault), machine.read(MOUNTINFO) or "")
    if mount is None:
        return Line(DRIVE, State.UNKNOWN, "Which drive the vault lies on is not told here.")
    if mount.kind in IN_MEMORY:
        sentence = f"The vault lies in memory ({mount.kind}): it is gone when the computer is turned off."
        return Line(DRIVE, State.LOOK, sentence, "Move the folder to a drive, with kinship closed.")
    if mount.kind in _ELSEWHERE:
        sentence = f"The vault lies on another computer ({mount.kind}); how that one keeps it cannot be seen."
        return Line(DRIVE, State.UNKNOWN, sentence)
    return _drive_of(mount, encrypted=_encrypted_mount(machine, mount))


def _filevault(told: str | None) -> Line:
    if told is None:
        return Line(DRIVE, State.UNKNOWN, "Whether FileVault encrypts this computer is not told.", _ADVISE_DRIVE)
    if "FileVault is On" in told:
        return Line(DRIVE, State.FINE, "FileVault encrypts the drive of this computer.")
    return Line(DRIVE, State.LOOK, "FileVault is off: only the vault itself is encrypted.", _ADVISE_DRIVE)


def _drive_of(mount: Mount, *, encrypted: bool | None) -> Line:
    if encrypted:
        return Line(DRIVE, State.FINE, "The drive beneath the vault is encrypted by the system, as well as the vault.")
    if encrypted is None:
        sentence = f"Whether the drive beneath the vault is encrypted ({mount.kind}) cannot be seen; the vault is."
        return Line(DRIVE, State.UNKNOWN, sentence, _ADVISE_DRIVE)
    sentence = "The system does not encrypt the drive beneath the vault; the vault is encrypted, other files are not."
    return Line(DRIVE, State.LOOK, sentence, _ADVISE_DRIVE)
