"""Which class of the base map a thing of a file becomes: a table of rules the station can edit.

Knows fields and values, no geometry and no file of the map.
"""

from __future__ import annotations

import fnmatch
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import KnownError, Message, msg
from app.geo.basemap import ROADS, GroundKind
from app.geo.imports.request import SAFE

DEFAULT_TABLE = Path(__file__).resolve().parents[3] / "resources" / "basemap_classes.toml"
TABLE_NAME = "basemap_classes.toml"
LANDMARK, LABEL, NONE = "landmark", "label", "none"
PICTURES = "pictures"  # of the ground: no class of a thing
CLASSES = (*(kind.value for kind in GroundKind), LANDMARK, LABEL, NONE)
LAYER = "layer"
_OF_LINES = (*ROADS, GroundKind.WATER_LINE, GroundKind.BOUNDARY)
_OF_AREAS = (
    GroundKind.BUILDING, GroundKind.LANDMARK_BUILDING, GroundKind.WATER, GroundKind.GREEN,
    GroundKind.PROMENADE, GroundKind.BOUNDARY,
)  # fmt: skip
_LARGEST_BYTES = 1_000_000

Texts = NDArray[np.object_]  # (N,) strings, "" for nothing


class Shape(StrEnum):
    """What a thing's geometry is, whatever its file calls it."""

    LINE = "line"
    AREA = "area"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """What a person said of one file: what the table calls `was` in this layer becomes `into`."""

    layer: str
    shape: Shape
    was: str
    into: str


def classes_for(shape: Shape) -> tuple[str, ...]:
    """The classes that things of a shape can be drawn as, "none" the last."""
    match shape:
        case Shape.LINE:
            return (*(kind.value for kind in _OF_LINES), NONE)
        case Shape.AREA:
            return (*(kind.value for kind in _OF_AREAS), LANDMARK, LABEL, NONE)
        case Shape.POINT:
            return (LANDMARK, LABEL, NONE)


def chosen_classes(
    classes: Texts, choices: Sequence[GroupChoice], layer: str, shape: Shape
) -> Texts:
    """The table's classes of one layer and shape with what a person chose in their place."""
    mine = [one for one in choices if (one.layer, one.shape) == (layer, shape)]
    if not mine:
        return classes
    chosen = classes.copy()
    for one in mine:
        chosen[classes == one.was] = one.into
    return chosen


@dataclass(frozen=True, slots=True)
class Rule:
    """The first rule that fits decides; `wanted` are fields with the values they may have."""

    into: str
    shape: Shape | None
    wanted: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The rules, and which fields hold names: the Thai one first, then any, then English."""

    rules: tuple[Rule, ...]
    thai: tuple[str, ...]
    any_name: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Every field the table asks about, in lower case; nothing else need be read."""
        asked = {field for rule in self.rules for field, _ in rule.wanted} - {LAYER}
        return frozenset(asked | set(self.thai) | set(self.any_name) | set(self.english))

    @property
    def keys(self) -> frozenset[str]:
        """The fields whose presence can make a thing part of the map."""
        return frozenset(field for rule in self.rules for field, _ in rule.wanted) - {LAYER, "area"}

    def classify(self, shape: Shape, fields: Mapping[str, Texts], layer: str, count: int) -> Texts:
        """(count,) classes of things of one shape and layer, "none" for what no rule wants."""
        classes = np.full(count, NONE, dtype=object)
        undecided = np.ones(count, dtype=np.bool_)
        for rule in self.rules:
            if rule.shape not in (None, shape) or not undecided.any():
                continue
            fits = undecided.copy()
            for field, values in rule.wanted:
                if field == LAYER:
                    if not _fits(layer.lower(), values):
                        fits[:] = False
                elif field in fields:
                    fits &= _matching(fields[field], values)
                else:
                    fits[:] = False
                if not fits.any():
                    break
            classes[fits] = rule.into
            undecided &= ~fits
        return classes

    def names(self, fields: Mapping[str, Texts], count: int) -> tuple[Texts, Texts]:
        """(count,) the names that are written, and the English ones, "" for none."""
        written = np.full(count, "", dtype=object)
        for field in (*self.thai, *self.any_name):
            if field in fields:
                empty = written == ""
                written[empty] = fields[field][empty]
        english = np.full(count, "", dtype=object)
        for field in self.english:
            if field in fields:
                empty = english == ""
                english[empty] = fields[field][empty]
        written = np.where(written == "", english, written)
        return written, english


def class_table_of(station: Path) -> Path | None:
    """The station's own table in its folder, or None where it has none."""
    own = station / TABLE_NAME
    return own if own.is_file() else None


def read_class_table(path: Path | None = None) -> ClassTable:
    """The station's table, or the one that comes with the program. KnownError says what is wrong.

    Unknown classes and shapes are refused: a slip of the pen would silently drop all roads.
    """
    file = path or DEFAULT_TABLE
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise _wrong(file, msg("It is too large."))
        data = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise _wrong(file, msg("It cannot be read: {why}", why=error.strerror or "?")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(file, msg("Line or letters are wrong: {why}", why=str(error)[:80])) from error
    names = data.get("names", {})
    rules = data.get("rule", [])
    if not isinstance(rules, list) or not rules or not isinstance(names, dict):
        raise _wrong(file, msg("There is no rule in it."))
    return ClassTable(
        tuple(_rule(file, number, rule) for number, rule in enumerate(rules, start=1)),
        *(_texts(file, names.get(key, [])) for key in ("thai", "any", "english")),
    )


def _rule(file: Path, number: int, rule: Any) -> Rule:
    if not isinstance(rule, dict):
        raise _wrong(file, msg("Rule {number} is not a table.", number=number))
    fields = dict(rule)
    into, shape = fields.pop("class", None), fields.pop("shape", None)
    if into not in CLASSES:
        raise _wrong(
            file, msg("Rule {number}: there is no class “{name}”.", number=number,
                      name=str(into)[:40])
        )  # fmt: skip
    if shape is not None and shape not in tuple(Shape):
        raise _wrong(
            file, msg("Rule {number}: there is no shape “{name}”.", number=number,
                      name=str(shape)[:40])
        )  # fmt: skip
    if not fields:
        raise _wrong(file, msg("Rule {number} asks for nothing.", number=number))
    wanted = tuple((field.lower(), _texts(file, values)) for field, values in fields.items())
    return Rule(into, None if shape is None else Shape(shape), wanted)


def _texts(file: Path, values: Any) -> tuple[str, ...]:
    listed = values if isinstance(values, list) else [values]
    if not all(isinstance(value, str) for value in listed):
        raise _wrong(file, msg("Values must be texts between quotes."))
    return tuple(value.lower() for value in listed)


def _wrong(file: Path, why: Message) -> KnownError:
    return KnownError(
        msg("The table of map classes {name} is wrong. {why}", name=file.name, why=why),
        safe=SAFE,
        do=msg("Correct it, or delete it and the program’s own is used."),
    )


def _matching(texts: Texts, values: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts fit one of the values; each different text is looked at once."""
    verdicts = {text: _fits(text.lower(), values) if text else False for text in set(texts)}
    return np.fromiter((verdicts[text] for text in texts), dtype=np.bool_, count=len(texts))


def _fits(text: str, values: Iterable[str]) -> bool:
    return any(value == text or _pattern(value, text) for value in values)


@cache
def _pattern(value: str, text: str) -> bool:
    return ("*" in value or "?" in value) and fnmatch.fnmatchcase(text, value)
