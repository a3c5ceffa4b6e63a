"""When Python looks for rubbish: not while the console starts (`main.py`), and then seldom, in the
window's thread alone (`app/collector.py`).

By itself it looks at what is new after every 700 objects, at more of it every tenth time, and in
the end at all there is: hundredths of a second in which a list that scrolls stands still. And it
looks in whichever thread makes the object too many. A window that was exchanged is rubbish in
circles; where the map's thread found them, Qt destroyed widgets there, and the program with them.
"""

from __future__ import annotations

import gc

LOOK_EVERY_MS = 200
_NEW_OBJECTS, _YOUNG_LOOKS, _OLD_LOOKS = 10_000, 20, 20


def begin_to_collect() -> bool:
    """What there is now stays and is not looked through again; True: it is `collect_if_due`'s from
    now on. Does nothing where collecting was never put off: whoever embeds the console has a rule
    of his own."""
    if gc.isenabled():
        return False
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG_LOOKS, _OLD_LOOKS)
    return True


def collect_if_due() -> None:
    """Look for rubbish as Python itself would, if as much is new: in the thread that asks."""
    waits = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(waits) if count > most]
    if due:
        gc.collect(due[-1])
