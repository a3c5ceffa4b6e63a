"""The station's own picture for the head of its papers: `letterhead/` in its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import Message, msg

FOLDER = "letterhead"
_SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The picture under the name that templates know it by; or nothing, and perhaps why."""

    name: str = ""
    data: bytes = b""
    trouble: Message | None = None

    @property
    def files(self) -> dict[str, bytes]:
        """What the template is given of it."""
        return {self.name: self.data} if self.name else {}


def letterhead(station: Path) -> Letterhead:
    """The first picture in the folder, by name. One that cannot be read is left out."""
    folder = station / FOLDER
    try:
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        for path in found:
            suffix = path.suffix.lower()
            if suffix in _SUFFIXES:
                if folder.is_symlink() or path.is_symlink() or not path.is_file():
                    return _left_out(path, msg("it is a link or no plain file"))
                if path.stat().st_size > _MOST_BYTES:
                    return _left_out(path, msg("it is larger than 4 MB"))
                return Letterhead(f"letterhead{suffix}", path.read_bytes())
    except OSError as error:
        why = error.strerror or type(error).__name__
        return _left_out(folder, msg("it cannot be read: {why}", why=why))
    return Letterhead()


def _left_out(path: Path, why: Message) -> Letterhead:
    return Letterhead(
        trouble=msg("The letterhead {file} was left out: {why}.", file=path.name, why=why)
    )
