"""Which pane holds the options of each kind of sheet. One line a kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.ui.papers.options_activity import ActivityPane
from app.ui.papers.options_extract import ExtractPane
from app.ui.papers.options_handover import HandoverPane
from app.ui.papers.options_incident import IncidentPane
from app.ui.papers.options_pane import OptionsPane
from app.ui.papers.options_receipt import ReceiptPane
from app.ui.papers.options_summary import SummaryPane
from app.ui.papers.options_survey import SurveyPane
from app.ui.papers.options_zone_map import ZoneMapPane

PANES: Mapping[str, type[OptionsPane]] = MappingProxyType(
    {
        "incident": IncidentPane,
        "handover": HandoverPane,
        "zone_map": ZoneMapPane,
        "summary": SummaryPane,
        "survey": SurveyPane,
        "receipt": ReceiptPane,
        "extract": ExtractPane,
        "activity": ActivityPane,
    }
)
