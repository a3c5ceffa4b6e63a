"""The handover of a shift: the page that writes itself, its signing, and those of the past."""
