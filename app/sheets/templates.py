"""The templates of papers: those that are shipped, and a station's own in their place.

A station's own one is `templates/<kind>.typ` in its folder: one plain file, no link. It may import
the shipped style, and is given nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import Message, msg

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "sheets"
OWN_FOLDER = "templates"
_STYLES = "style*.typ"
_MOST_BYTES = 1_000_000
_KIND = re.compile(r"[a-z][a-z_]{0,39}")


class TemplateFaultError(Exception):
    """A station's own template cannot be used; `why` says so to people."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.english())
        self.why = why


@dataclass(frozen=True, slots=True)
class Template:
    """What a paper is set with. `file` names it to people: `templates/incident.typ`."""

    file: str
    main: bytes
    styles: Mapping[str, bytes]
    is_own: bool

    @property
    def sha256(self) -> str:
        """Over the template and every style file, with their names and lengths."""
        digest = hashlib.sha256()
        for name, data in (("main.typ", self.main), *sorted(self.styles.items())):
            digest.update(f"{name} {len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()


def shipped_template(kind: str) -> Template:
    """The one that comes with the program. Raises ValueError for a kind there is not."""
    path = SHIPPED / f"{_checked(kind)}.typ"
    if not path.is_file():
        raise ValueError(f"there is no sheet {kind!r}")
    return Template(path.name, path.read_bytes(), _styles(), is_own=False)


def own_template(kind: str, station: Path) -> Template | None:
    """The station's own one, None if it has none. Raises TemplateFaultError for one that will not
    do: a link, no plain file, too large, no text."""
    folder = station / OWN_FOLDER
    path = folder / f"{_checked(kind)}.typ"
    name = f"{OWN_FOLDER}/{path.name}"
    try:
        if folder.is_symlink() or path.is_symlink():
            raise TemplateFaultError(msg("{file} is a link to somewhere else.", file=name))
        if not path.exists():
            return None
        if not path.is_file():
            raise TemplateFaultError(msg("{file} is no plain file.", file=name))
        if path.stat().st_size > _MOST_BYTES:
            raise TemplateFaultError(msg("{file} is larger than 1 MB.", file=name))
        main = path.read_bytes()
        main.decode("utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TemplateFaultError(
            msg("{file} cannot be read: {reason}", file=name, reason=reason)
        ) from error
    except UnicodeDecodeError as error:
        raise TemplateFaultError(msg("{file} is not text in UTF-8.", file=name)) from error
    return Template(name, main, _styles(), is_own=True)


def _styles() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(SHIPPED.glob(_STYLES))}


def _checked(kind: str) -> str:
    if not _KIND.fullmatch(kind) or kind.startswith("style"):
        raise ValueError(f"no name of a sheet: {kind!r}")
    return kind
