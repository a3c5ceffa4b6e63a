"""How far the bringing of a map has come: one frozen value, from which the screen is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.errors import KnownError, Message
from app.geo.basemap import Basemap
from app.geo.imports.brought import MapBrought
from app.geo.imports.classes import GroupChoice, Shape
from app.geo.imports.inspection import Inspection, LayerGroup
from app.geo.imports.request import Crs, ImportReport, Progress

GroupKey = tuple[str, Shape, str]


class Step(StrEnum):
    """What the screen is about."""

    IDLE = "idle"
    LOOKING = "looking"
    UNCLEAR = "unclear"
    SHOWN = "shown"
    BRINGING = "bringing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MapWork:
    """One file on its way. `crs` is what a person chose after the file left it open.

    `chosen` are the classes a person gave to groups of the file, where they differ from the table.
    """

    step: Step = Step.IDLE
    source: Path | None = None
    progress: Progress | None = None
    found: Inspection | None = None
    crs: Crs | None = None
    chosen: Mapping[GroupKey, str] = field(default_factory=dict)
    attribution: str = ""
    is_added: bool = False
    report: ImportReport | None = None
    error: KnownError | None = None
    note: Message | None = None

    @property
    def is_picture(self) -> bool:
        """Whether the file is a picture of the ground, laid under the map that is there."""
        return self.found is not None and self.found.is_picture

    @property
    def is_busy(self) -> bool:
        """Whether a process reads the file now."""
        return self.step in (Step.LOOKING, Step.BRINGING)

    def into(self, group: LayerGroup) -> str:
        """What a group becomes."""
        return self.chosen.get(key_of(group), group.into)

    def with_class(self, group: LayerGroup, into: str) -> MapWork:
        """The same with another class for a group."""
        return replace(self, chosen={**self.chosen, key_of(group): into}, error=None, note=None)

    @property
    def wanted_count(self) -> int:
        """How many things would come in, those that lie too far among them."""
        groups = self.found.groups if self.found is not None else ()
        return sum(group.coming(self.into(group)) for group in groups)

    @property
    def choices(self) -> tuple[GroupChoice, ...]:
        """What the import is told."""
        groups = self.found.groups if self.found is not None else ()
        return tuple(
            GroupChoice(group.layer, group.shape, group.into, self.into(group))
            for group in groups
            if self.into(group) != group.into
        )


@dataclass(frozen=True, slots=True)
class PictureInUse:
    """A picture of the ground, on the map or kept; `brought` is None where no entry tells of it."""

    file: str
    attribution: str
    brought: MapBrought | None

    @property
    def name(self) -> str:
        """As whoever brought it called it."""
        return self.file if self.brought is None else self.brought.source_name


@dataclass(frozen=True, slots=True)
class MapInUse:
    """What the zone map shows: who brought it, or else which files lie in the basemap folder.

    `basemap` is None until it has been read.
    """

    brought: tuple[MapBrought, ...]
    files: tuple[str, ...]
    kept: tuple[str, ...]
    basemap: Basemap | None
    pictures: tuple[PictureInUse, ...] = ()
    pictures_kept: tuple[PictureInUse, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.files and not self.pictures


def key_of(group: LayerGroup) -> GroupKey:
    """What a group is known by."""
    return group.layer, group.shape, group.into
