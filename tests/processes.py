"""Ending processes, on each system as it is done there."""

import signal
import subprocess
import sys
from typing import Any

import pytest

WINDOWS = sys.platform == "win32"
KILL = 9
"""SIGKILL by its number: Windows has no name for it, and ends a process at once as well."""
KILLED = KILL if WINDOWS else -KILL
"""What is told of a process that ended so."""
INTERRUPT = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT)
APART: dict[str, Any] = {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
"""To start with what is to be interrupted, so that who interrupts it is not."""

not_on_windows = pytest.mark.skipif(WINDOWS, reason="Windows has no such thing")
