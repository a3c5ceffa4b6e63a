"""Smart Safety Zone console: hands the command line to `app.commands`, which says what there is."""

from __future__ import annotations

import gc
import os

if __name__ == "__main__":  # spawned processes come by here too, and need nothing of it
    gc.disable()  # until the window is seen: it saves a tenth of a second of the start
    # Nothing here multiplies matrices, and in every process threads would stand ready to.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from app.commands import main

    main()
