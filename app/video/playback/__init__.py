"""Recorded footage shown again: cameras in step on one clock, at any speed, frame by frame.

Asks `app.video.archive` what there is, decodes with PyAV on threads of its own. Knows no Qt.
"""
