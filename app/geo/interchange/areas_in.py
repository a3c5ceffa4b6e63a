"""Areas from other programs' files, made ready to be saved: what is wrong is said, not guessed.

The file is read in a process of its own (`app.geo.imports`). Knows what areas are, no screen.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely

from app.errors import KnownError, Message, msg
from app.geo.area_checks import trouble_with
from app.geo.area_saving import AreaEdit
from app.geo.areas import Area, AreaKind, check_shape
from app.geo.imports.job import Told, read_shapes
from app.geo.imports.request import FileShape, ShapesRequest
from app.geo.imports.things import clean_name

_THAI_NAMES = ("name_th", "name:th", "nam_th", "tam_nam_t", "tb_tn", "amphoe_t", "adm3_th",
               "adm2_th", "ชื่อ")  # fmt: skip
_ENGLISH_NAMES = ("name_en", "name:en", "nam_en", "adm3_en", "adm2_en")
_ANY_NAMES = ("name", "title", "label")
_TRUE = ("1", "true", "yes")


@dataclass(frozen=True, slots=True, eq=False)
class FileArea:
    """One area of a file as it would be saved. `trouble` is what forbids it, None for nothing.

    `repaired` is the same area in a sound shape, where one suggests itself.
    """

    edit: AreaEdit
    trouble: KnownError | None = None
    repaired: AreaEdit | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AreasFile:
    """What a file of areas holds. `attribution` is who made them, as the file says."""

    areas: tuple[FileArea, ...]
    notices: tuple[Message, ...]
    attribution: str


def read_areas(
    request: ShapesRequest,
    kind: AreaKind,
    holding: Sequence[Area],
    *,
    stop: threading.Event,
    told: Told = lambda progress: None,
) -> AreasFile:
    """The areas of a file. `kind` is that of areas which do not say their own.

    An area that this station wrote out comes back as an edit of itself, from the version it was
    written from; `holding` are the areas that hold now. Every other one is new and has no id yet.
    Raises as `app.geo.imports.job.read_shapes` does, and KnownError when nothing is an area.
    """
    shapes, notices = read_shapes(request, stop=stop, told=told)
    areal = [one for one in shapes if one.shape.geom_type in ("Polygon", "MultiPolygon")]
    if not areal:
        raise KnownError(
            msg("There is no area in {name}.", name=request.source.name[:80]),
            safe=msg("Nothing was taken from the file."),
            do=msg("Choose a file with outlines, not with lines or points."),
        )
    if len(areal) < len(shapes):
        count = len(shapes) - len(areal)
        notices += (msg("{count} lines and points were left out.", count=count),)
    known = {area.id: area for area in holding}
    sources = dict.fromkeys(one.fields.get("source", "") for one in areal)
    return AreasFile(
        tuple(_area(one, number, kind, known) for number, one in enumerate(areal, start=1)),
        notices,
        " · ".join(clean_name(source) for source in sources if source),
    )


def _area(found: FileShape, number: int, kind: AreaKind, known: Mapping[str, Area]) -> FileArea:
    fields = found.fields
    said = fields.get("kind", "")
    own_kind = AreaKind(said) if said in tuple(AreaKind) else kind
    area_id = fields.get("id", "")
    before = known.get(area_id)
    if before is None or before.kind is not own_kind:
        area_id, version = "", ""
    else:
        version = fields.get("version", "")
    name_th = _first(fields, (*_THAI_NAMES, *_ANY_NAMES)) or f"{found.layer} {number}"
    edit = AreaEdit(
        area_id, own_kind, clean_name(name_th), clean_name(_first(fields, _ENGLISH_NAMES)),
        _flat(found.shape), version, fields.get("sample", "").lower() in _TRUE,
        clean_name(fields.get("source", "")),
    )  # fmt: skip
    try:
        check_shape(edit.shape, edit.name_th)
    except KnownError as error:
        return FileArea(edit, error, _repaired(edit))
    return FileArea(edit)


def _repaired(edit: AreaEdit) -> AreaEdit | None:
    if not shapely.is_valid(edit.shape):
        trouble = trouble_with(shapely.transform(edit.shape, _metres))
        if trouble is not None and trouble.repaired is not None:
            shape = shapely.transform(trouble.repaired, _degrees)
            try:
                check_shape(shape, edit.name_th)
            except KnownError:
                return None
            return replace(edit, shape=shape)
    return None


def _flat(shape: Any) -> Any:
    flat = shapely.force_2d(shape)
    parts = shapely.get_parts(flat)
    return parts[0] if len(parts) == 1 else flat


def _first(fields: Mapping[str, str], names: Sequence[str]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


# `trouble_with` drops slivers by their surface in metres: a degree counted flat is near enough
_A_DEGREE_M = 111_000.0


def _metres(points: Any) -> Any:
    return points * _A_DEGREE_M


def _degrees(points: Any) -> Any:
    return points / _A_DEGREE_M
