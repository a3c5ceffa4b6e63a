"""The files of tests that take longest, so that no process is left with one of them at the end.

The seconds are what one took, of three at once on two cores. A file that is missing here only
begins later.
"""

from __future__ import annotations

SECONDS = {
    "tests/benchmarks/test_review.py": 89,
    "tests/benchmarks/test_recording.py": 80,
    "tests/benchmarks/test_map.py": 58,
    "tests/journeys/test_text_fits.py": 46,
    "tests/ui/test_setup_map.py": 45,
    "tests/video/workers/test_dying.py": 38,
    "tests/video/recorder/test_recorder.py": 37,
    "tests/video/test_ending.py": 35,
    "tests/video/test_live_pictures.py": 34,
    "tests/video/recorder/test_disks.py": 33,
    "tests/benchmarks/test_startup.py": 30,
    "tests/ui/zone_map/test_area_exchange.py": 28,
    "tests/benchmarks/test_log_integrity.py": 28,
    "tests/benchmarks/test_live_wall.py": 28,
    "tests/journeys/test_footage.py": 26,
    "tests/benchmarks/test_papers.py": 26,
    "tests/video/test_bad_input.py": 25,
    "tests/journeys/test_screen.py": 24,
    "tests/journeys/test_ending.py": 23,
    "tests/journeys/test_camera.py": 22,
    "tests/demo/simulated_cameras/test_faults.py": 21,
    "tests/video/playback/test_gaps.py": 21,
    "tests/ui/zone_map/test_map_place.py": 21,
    "tests/ui/review/test_evidence.py": 21,
    "tests/ui/review/test_review_place.py": 21,
    "tests/benchmarks/test_evidence.py": 19,
    "tests/ui/test_setup_camera.py": 18,
    "tests/video/test_masks_at_once.py": 17,
    "tests/demo/simulated_cameras/test_serving.py": 17,
    "tests/benchmarks/test_live_faults.py": 16,
    "tests/ui/zone_map/test_correct_place.py": 16,
    "tests/ui/test_language.py": 16,
    "tests/video/playback/test_playing_on.py": 16,
    "tests/ui/zone_map/test_walls.py": 14,
    "tests/ui/zone_map/test_group_list.py": 13,
    "tests/geo/imports/test_job.py": 13,
    "tests/benchmarks/test_log_intake.py": 13,
    "tests/benchmarks/test_log_screen.py": 13,
    "tests/video/recorder/test_clock_steps.py": 13,
    "tests/journeys/test_dispatch.py": 13,
    "tests/ui/test_finding.py": 13,
    "tests/ui/zone_map/test_zone_editor.py": 13,
    "tests/test_all_rooms.py": 13,
    "tests/video/recorder/test_kills.py": 12,
    "tests/benchmarks/test_ground.py": 12,
    "tests/ui/zone_map/test_card_places.py": 12,
    "tests/ui/test_intake.py": 11,
    "tests/ui/test_intake_more.py": 11,
    "tests/ui/zone_map/test_map_days.py": 10,
    "tests/journeys/test_passwords.py": 10,
    "tests/video/workers/test_wall.py": 10,
    "tests/benchmarks/test_log.py": 10,
    "tests/map/apart/test_process.py": 10,
}


def place_in_line(file: str) -> float:
    """What to sort files by."""
    return -SECONDS.get(file, 0.0)
