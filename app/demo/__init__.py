"""The demo station: scenes, simulated cameras, invented ninety days. All marked ตัวอย่าง."""
