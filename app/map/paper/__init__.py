"""The map on paper: the same layers as on screen, as SVG at a true scale (docs/architecture.md)."""

from app.map.paper.draw_map import map_on_paper
from app.map.paper.order import PAPER, SCALES, PaperMapOrder

__all__ = ["PAPER", "SCALES", "PaperMapOrder", "map_on_paper"]
