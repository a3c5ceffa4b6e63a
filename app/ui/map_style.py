"""The map's colours from the one theme file. Knows the map's style and the theme, nothing else."""

from __future__ import annotations

from app.map.style import MapStyle
from app.ui.theme import Theme


def map_style(theme: Theme) -> MapStyle:
    """The night map in the theme's colours, its letters at the officer's text size."""
    ground, screen = theme.map_colours, theme.colours
    return MapStyle(
        land=ground["land"],
        water=ground["river"],
        water_line=ground["river_line"],
        water_label=ground["river_label"],
        promenade=ground["promenade"],
        green=ground["green"],
        building=ground["building"],
        building_outline=ground["building_line"],
        landmark_building=ground["landmark"],
        roads=tuple(ground["road"]),
        road_casing=ground["road_casing"],
        label=ground["label"],
        zone=ground["zone"],
        community=ground["community"],
        field_of_view=ground["field_of_view"],
        text=screen["text"],
        text_secondary=screen["text_2"],
        text_hint=screen["text_3"],
        ground=screen["bg"],
        tag_border=screen["line_control"],
        red=screen["red"],
        red_fill=screen["red_fill"],
        amber=screen["amber"],
        amber_tint=screen["amber_tint"],
        green_state=screen["green"],
        blue=screen["blue"],
        blue_fill=screen["primary"],
        on_fill=screen["primary_text"],
        text_scale=theme.scale,
    )
