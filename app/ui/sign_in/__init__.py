"""Who holds the console: signing in, locking, unlocking, the next officer, the first of a station.

`desk_guard` decides and knows no widget; `sign_in_room` is what a window shows of it.
"""
