"""What is begun and not saved, carried into the window that takes another's place.

Kept in memory only: neither the log nor the remembered window hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.incidents.asked import Asked
from app.incidents.drafts import Draft
from app.ui.live.step_forms import BegunForm
from app.ui.live.tending_steps import BegunAct
from app.ui.papers.begun_papers import BegunPapers, begun_papers, go_on_with_papers
from app.ui.review.begun_review import BegunReview, begun_review, go_on
from app.ui.setup.setup_place import TypedSetup
from app.ui.units.units_seat import BegunBoard
from app.ui.wall.layout_steps import BegunName
from app.ui.wall.mask_steps import BegunMasks
from app.ui.wall.moment_field import BegunNote
from app.ui.zone_map.area_exchange import BegunFile
from app.ui.zone_map.place_steps import BegunCorrection
from app.ui.zone_map.wall_steps import BegunWall
from app.ui.zone_map.zone_steps import BegunDrawing

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Half-typed forms, a drawing, and what the wall was showing just now."""

    report: Draft
    is_reporting: bool
    form: BegunForm | None
    act: BegunAct | None
    setup: TypedSetup | None
    note: BegunNote | None
    masks: BegunMasks | None
    name: BegunName | None
    single: str
    """The camera that has the whole grid; empty for none."""
    selected: str
    review: BegunReview | None
    drawing: BegunDrawing | None
    correction: BegunCorrection | None
    wall: BegunWall | None
    areas: BegunFile | None
    asked: Asked | None
    """What was asked in the Log place; None where it was never opened."""
    papers: BegunPapers | None
    board: BegunBoard
    is_led: bool
    """Whether the cameras that see the selected place stand before the others."""


def unfinished(window: MainWindow) -> Unfinished:
    """What would be lost with this window."""
    live = window.live
    return Unfinished(
        report=live.intake.typed(),
        is_reporting=live.intake.isVisible(),
        form=live.detail.begun(),
        act=live.tending.begun(),
        setup=window.setup.typed() if window.places.is_made("setup") else None,
        note=live.acts.field.begun(),
        masks=live.acts.masks.begun(),
        name=live.layouts.begun(),
        single=live.grid.single,
        selected=live.grid.selected,
        review=begun_review(window.review) if window.places.is_made("review") else None,
        drawing=window.map.zones.begun() if window.places.is_made("map") else None,
        correction=window.map.places.begun() if window.places.is_made("map") else None,
        wall=window.map.walls.begun() if window.places.is_made("map") else None,
        areas=window.map.exchange.begun() if window.places.is_made("map") else None,
        asked=window.log.asking.asked if window.places.is_made("log") else None,
        papers=begun_papers(window.papers) if window.places.is_made("papers") else None,
        board=live.units.begun(),
        is_led=live.chosen.is_led,
    )


def resume(window: MainWindow, begun: Unfinished) -> None:
    """Go on with it in this window, which shows the same incident already."""
    live = window.live
    if begun.review is not None:
        go_on(window.review, begun.review)
    if begun.drawing is not None:
        window.map.zones.go_on(begun.drawing)
        window.map.bar.show_tool("edit")
    if begun.correction is not None:
        window.map.places.go_on(begun.correction)
    if begun.wall is not None:
        window.map.walls.go_on(begun.wall)
    if begun.areas is not None:
        window.map.exchange.go_on(begun.areas)
    if begun.asked is not None:
        window.log.asking.ask(begun.asked)
    if begun.papers is not None:
        go_on_with_papers(window.papers, begun.papers)
    if live.chosen.is_led and not begun.is_led:
        live.chosen.leave_seeing()
    live.units.go_on(begun.board)
    live.grid.select_camera(begun.selected)
    if begun.single:
        live.grid.toggle_single(begun.single)
    if begun.masks is not None:
        live.acts.masks.go_on(begun.masks)
    if begun.note is not None:
        live.acts.field.go_on(begun.note)
    if begun.name is not None:
        live.layouts.go_on(begun.name)
    if begun.form is not None:
        live.detail.go_on(begun.form)
    if begun.act is not None:
        live.tending.go_on(begun.act)
    live.intake.restore(begun.report)
    if begun.setup is not None:
        window.setup.restore(begun.setup)
    if begun.is_reporting:
        window.open_intake()
