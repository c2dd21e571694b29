"""What kind of file system a vault lies on, and what that means for modes and for locks."""

from __future__ import annotations

from pathlib import Path

from kinship.privacy.mounts import IN_MEMORY, MOUNTINFO, mount_of, read_mounts

__all__ = ["IN_MEMORY", "OF_ONE_MACHINE", "OVER_NETWORK", "WITHOUT_MODES", "filesystem_of"]

WITHOUT_MODES = frozenset({"exfat", "vfat", "msdos", "ntfs", "ntfs3", "fuseblk", "cifs", "smb3", "smbfs", "9p"})
OVER_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "davfs"})
OF_ONE_MACHINE = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "jfs", "bcachefs"})
"""File systems that only one running system can have mounted: nobody elsewhere holds a lock in them."""


def filesystem_of(path: Path, mounts: Path = MOUNTINFO) -> str:
    """Return the kind of file system that `path` lies on, empty where the system does not tell."""
    mount = mount_of(path.resolve(), read_mounts(mounts))
    return "" if mount is None else mount.kind
