"""Every room's views in one list: what a station's log is opened, verified and rebuilt with."""

from __future__ import annotations

from app.cameras import bookmarks
from app.cameras.bookmarks import BookmarksView
from app.cameras.drawn_masks import CameraMasksView
from app.cameras.register import CamerasView
from app.cameras.register_history import CameraVersionsView
from app.cameras.wall_layouts import WallLayoutsView
from app.duty import movements
from app.duty.handover import HandoversView
from app.duty.officers import OfficersView
from app.duty.radio_codes import RadioCodesView
from app.duty.shift_log import ShiftsView
from app.duty.sign_in_entries import SignInsView
from app.duty.units_view import UnitsView
from app.evidence import exports
from app.evidence.exports import ExportsView
from app.evidence.seals import SealsView
from app.geo.areas import AreasView
from app.geo.drawn_walls import DrawnWallsView
from app.geo.places import PlacesView
from app.geo.refused_proposals import RefusedProposalsView
from app.incidents import said as incidents_said
from app.incidents.attachments.attachment import AttachmentsView
from app.incidents.category_table import CategoriesView
from app.incidents.register import IncidentsView
from app.incidents.runs import RunsView
from app.incidents.saved_searches import SavedSearchesView
from app.incidents.search_index import IncidentSearchView
from app.log import Said, View
from app.sheets.papers import PapersView
from app.video.archive import locks, viewing
from app.video.archive.locks import FootageLocksView


def all_views() -> tuple[View, ...]:
    """New ones, in the order in which they are kept."""
    return (
        OfficersView(),
        SignInsView(),
        UnitsView(),
        RadioCodesView(),
        ShiftsView(),
        HandoversView(),
        AreasView(),
        PlacesView(),
        RefusedProposalsView(),
        DrawnWallsView(),
        CamerasView(),
        CameraVersionsView(),
        CameraMasksView(),
        BookmarksView(),
        WallLayoutsView(),
        CategoriesView(),
        IncidentsView(),
        IncidentSearchView(all_said()),
        SavedSearchesView(),
        RunsView(),
        AttachmentsView(),
        FootageLocksView(),
        ExportsView(),
        SealsView(),
        PapersView(),
    )


def all_said() -> tuple[Said, ...]:
    """What every room's entries say in words, for the search."""
    rooms = (incidents_said, movements, bookmarks, locks, viewing, exports)
    return tuple(said for room in rooms for said in room.SAID)
