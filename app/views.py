"""Every room's views in one list: what a station's log is opened, verified and rebuilt with."""

from __future__ import annotations

from app.cameras.bookmarks import BookmarksView
from app.cameras.drawn_masks import CameraMasksView
from app.cameras.register import CamerasView
from app.cameras.register_history import CameraVersionsView
from app.cameras.wall_layouts import WallLayoutsView
from app.duty.officers import OfficersView
from app.duty.units import UnitsView
from app.evidence.exports import ExportsView
from app.evidence.seals import SealsView
from app.geo.areas import AreasView
from app.geo.drawn_walls import DrawnWallsView
from app.geo.places import PlacesView
from app.geo.refused_proposals import RefusedProposalsView
from app.incidents.register import IncidentsView
from app.log import View
from app.video.archive.locks import FootageLocksView


def all_views() -> tuple[View, ...]:
    """New ones, in the order in which they are kept."""
    return (
        OfficersView(),
        UnitsView(),
        AreasView(),
        PlacesView(),
        RefusedProposalsView(),
        DrawnWallsView(),
        CamerasView(),
        CameraVersionsView(),
        CameraMasksView(),
        BookmarksView(),
        WallLayoutsView(),
        IncidentsView(),
        FootageLocksView(),
        ExportsView(),
        SealsView(),
    )
