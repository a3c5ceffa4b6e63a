"""Smart Safety Zone console: hands the command line to `app.commands`, which says what there is."""

from __future__ import annotations

import gc

if __name__ == "__main__":  # spawned processes come by here too, and need nothing of it
    gc.disable()  # until the window is seen: it saves a tenth of a second of the start

    from app.commands import main

    main()
