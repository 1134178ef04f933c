"""Numbers for programs of project staff: read-only JSON under ``/api/v1/`` (docs/api.md)."""
