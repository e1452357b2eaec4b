"""Run `python -m checkin`."""

from checkin.cli import main

main()
