"""Incidents: intake, numbers, workflow, dispatch."""
