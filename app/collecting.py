"""When Python looks for rubbish: not while the console starts (`main.py`), and then seldom.

By itself it looks at what is new after every 700 objects, at more of it every tenth time, and in
the end at all there is: hundredths of a second in which a list that scrolls stands still.
"""

from __future__ import annotations

import gc

_NEW_OBJECTS, _YOUNG_LOOKS, _OLD_LOOKS = 10_000, 20, 20


def begin_to_collect() -> None:
    """What there is now stays and is not looked through again. Does nothing where collecting was
    never put off: whoever embeds the console has a rule of his own."""
    if gc.isenabled():
        return
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG_LOOKS, _OLD_LOOKS)
    gc.enable()
