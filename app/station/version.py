"""Which version of the program this is: what its starts are recorded with."""

from __future__ import annotations

VERSION = "0.5.0"
