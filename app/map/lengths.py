"""Lengths and surfaces in words, in the interface's language. Knows no map."""

from __future__ import annotations

from app.thai.translation import tr

RAI_M2 = 1600.0


def length_text(metres: float) -> str:
    """`73.4 m`, `1.284 km`."""
    if metres < 1000:
        return tr("{distance} m", distance=f"{metres:,.1f}")
    return tr("{distance} km", distance=f"{metres / 1000:,.3f}")


def surface_text(square_metres: float) -> str:
    """`381 m² · 0.2 rai`, from a tenth of a square kilometre on in those."""
    rai = f"{square_metres / RAI_M2:,.1f}"
    if square_metres < 100_000:
        return tr("{area} m² · {rai} rai", area=f"{square_metres:,.0f}", rai=rai)
    return tr("{area} km² · {rai} rai", area=f"{square_metres / 1e6:,.3f}", rai=rai)
