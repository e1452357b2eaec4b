"""A demo school: made up, but by the real path of tap, seal and review."""

from checkin.services.demonstrating.opening import open_demo, open_today

__all__ = ["open_demo", "open_today"]
