"""The survey of cameras: empty forms, filled ones, or the list with who is overdue."""

from __future__ import annotations

from app.log import Connection
from app.sheets.sheet import Sheet
from app.sheets.survey_sheet import SurveyForm, SurveyOptions, survey_sheet
from app.ui.papers.order import ARABIC, SheetOrder
from app.ui.papers.sheet_parts import SheetParts


def build_survey(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """The register as it stands now; `about` is a camera whose form is wanted, or nothing."""
    chosen = order.options
    forms = {form.value for form in SurveyForm}
    form = str(chosen.get("form", SurveyForm.LIST.value))
    cameras = tuple(str(one) for one in chosen.get("cameras", ()))
    options = SurveyOptions(
        form=SurveyForm(form if form in forms else SurveyForm.LIST.value),
        camera_ids=(order.about,) if order.about else cameras,
        copies=int(chosen.get("forms", 1)),
        digits=str(chosen.get("digits", ARABIC)),
        copy=bool(chosen.get("copy", False)),
    )
    return survey_sheet(db, parts.folder.profile, options, parts.clock.now())
