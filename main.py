"""Smart Safety Zone console: hands the command line to `app.commands`, which says what there is."""

from __future__ import annotations

from app.commands import main

if __name__ == "__main__":
    main()
