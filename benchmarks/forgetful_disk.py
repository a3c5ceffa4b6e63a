"""A disk whose power can be cut at every step: what was not synced is forgotten, or not, or partly.

It works in a real folder, and keeps beside it what would be there after a power cut: the bytes of
each file at its last sync, the names of each folder at its last sync. `after_the_cut` builds that
folder. Shares no code with the real disk but its interface.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from app.station.disk import Buffer, Disk, GrowingFile, Space


class PowerCut(BaseException):
    """The machine is off."""


@dataclass(eq=False)
class _File:
    """A file: how many of its bytes, or which bytes, are sure to be on the disk."""

    synced: bytes = b""


@dataclass
class _World:
    files: dict[Path, _File] = field(default_factory=dict)  # as programs see it
    names: dict[Path, dict[str, _File | None]] = field(default_factory=dict)  # as synced; None: dir


class ForgetfulDisk(Disk):
    """`cut_at`: the step (from 1) at which the power goes; 0: never. `steps` counts them."""

    def __init__(self, root: Path, *, cut_at: int = 0, free_bytes: int = 10**12) -> None:
        super().__init__(lambda _: None)
        set_ = object.__setattr__  # the real one is frozen
        set_(self, "root", root)
        set_(self, "cut_at", cut_at)
        set_(self, "steps", 0)
        set_(self, "free_bytes", free_bytes)
        set_(self, "before_cut", lambda: None)
        set_(self, "_world", _World(names={root: {}}))
        for path in sorted(root.rglob("*")):  # what is there at first is on the disk
            node = None if path.is_dir() else _File(path.read_bytes())
            if node is not None:
                self._world.files[path] = node
            else:
                self._world.names.setdefault(path, {})
            self._world.names.setdefault(path.parent, {})[path.name] = node

    root: Path
    cut_at: int
    steps: int
    free_bytes: int
    before_cut: Callable[[], None]
    _world: _World

    def write(
        self, path: Path, data: bytes, *, private: bool = False, lasting: bool = True
    ) -> None:
        path.with_name(f".{path.name}.new").write_bytes(data)
        node = _File(data if lasting else b"")
        self._step()
        path.with_name(f".{path.name}.new").replace(path)
        self._world.files[path] = node
        if lasting:
            self._step()
            self._sync_name(path)

    def sync(self, path: Path) -> None:
        self._step()
        if path.is_dir():
            self._sync_folder(path)
        else:
            self._world.files[path].synced = path.read_bytes()

    def rename(self, source: Path, target: Path) -> None:
        source.replace(target)
        self._world.files[target] = self._world.files.pop(source)
        self._step()
        self._sync_name(target)
        self._sync_folder(source.parent)

    def create(self, path: Path) -> GrowingFile:
        self.make_folders(path.parent)
        file = _ForgetfulFile(path, self)
        self._world.files[path] = file.node
        self._step()
        self._sync_name(path)
        return file

    def make_folders(self, folder: Path) -> None:
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir()
            self._step()
            self._world.names.setdefault(each, {})
            self._world.names.setdefault(each.parent, {})[each.name] = None

    def cut(self, path: Path, size_bytes: int) -> None:
        os.truncate(path, size_bytes)
        self._step()
        self._world.files[path].synced = path.read_bytes()

    def remove(self, *paths: Path) -> None:
        for path in paths:
            path.unlink(missing_ok=True)
            self._world.files.pop(path, None)
            self._step()
        for folder in {path.parent for path in paths}:
            if folder.is_dir():
                self._sync_folder(folder)
                self._step()

    def remove_folder(self, folder: Path) -> bool:
        try:
            folder.rmdir()
        except OSError:
            return False
        self._step()
        self._world.names.get(folder.parent, {}).pop(folder.name, None)
        return True

    def space(self, path: Path) -> Space:
        return Space(self.free_bytes, 10**12)

    def after_the_cut(self, folder: Path, random: Random | None) -> None:
        """What is found when the power is back, in `folder`. `random` None: all that was not synced
        is forgotten; else each unsynced thing by chance is there, in part, or not at all."""
        folder.mkdir()
        for parent, names in sorted(self._world.names.items()):
            place = folder / parent.relative_to(self.root)
            if not place.is_dir():
                continue  # its own name was never synced, or is gone
            for name, node in names.items():
                if node is None:
                    (place / name).mkdir(exist_ok=True)
                elif not (self._is_gone(parent / name, node) and random and random.random() < 0.5):
                    (place / name).write_bytes(self._bytes_of(parent / name, node, random))
        if random is not None:
            self._add_unsynced_names(folder, random)

    def _is_gone(self, path: Path, node: _File) -> bool:
        return self._world.files.get(path) is not node

    def _bytes_of(self, path: Path, node: _File, random: Random | None) -> bytes:
        now = path.read_bytes() if path.is_file() and not self._is_gone(path, node) else node.synced
        if random is None or now == node.synced or not now.startswith(node.synced):
            return node.synced
        more = now[len(node.synced) :]
        match random.randrange(4):
            case 0:
                return now
            case 1:
                return node.synced
            case 2:
                return node.synced + more[: random.randrange(len(more))]
            case _:  # the length reached the disk, the bytes did not
                kept = random.randrange(len(more))
                return node.synced + more[:kept] + bytes(len(more) - kept)

    def _add_unsynced_names(self, folder: Path, random: Random) -> None:
        for path, node in self._world.files.items():
            place = folder / path.relative_to(self.root)
            is_synced = path.name in self._world.names.get(path.parent, {})
            if not is_synced and place.parent.is_dir() and random.random() < 0.5:
                place.write_bytes(self._bytes_of(path, node, random))

    def _step(self) -> None:
        object.__setattr__(self, "steps", self.steps + 1)
        if self.steps == self.cut_at:
            self.before_cut()
            raise PowerCut

    def _sync_name(self, path: Path) -> None:
        self._world.names.setdefault(path.parent, {})[path.name] = self._world.files[path]

    def _sync_folder(self, folder: Path) -> None:
        names = self._world.names.setdefault(folder, {})
        for name, node in list(names.items()):
            path = folder / name
            if node is not None and self._is_gone(path, node):
                del names[name]
        for path, node in self._world.files.items():
            if path.parent == folder and path.exists():
                names[path.name] = node


class _ForgetfulFile(GrowingFile):
    def __init__(self, path: Path, disk: ForgetfulDisk) -> None:
        super().__init__(path)
        self.node = _File()
        self._disk = disk

    def write(self, data: Buffer) -> int:
        return super().write(data)

    def sync(self) -> None:
        self._disk._step()
        self.node.synced = self.path.read_bytes()
        self._disk._step()


def copy_index(recordings: Path, to: Path) -> None:
    """SQLite's own files as they stand now: what it has committed is on the disk."""
    for path in recordings.glob("index.db*"):
        if not path.name.endswith("-shm"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(path, to / path.name)
