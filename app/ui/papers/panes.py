"""Which pane holds the options of each kind of sheet. One line a kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.ui.papers.options_handover import HandoverPane
from app.ui.papers.options_pane import OptionsPane
from app.ui.papers.options_zone_map import ZoneMapPane

PANES: Mapping[str, type[OptionsPane]] = MappingProxyType(
    {
        "handover": HandoverPane,
        "zone_map": ZoneMapPane,
    }
)
