"""Looking whether a school is kept well: each thing that is not comes with the step that mends it.

Nothing is changed by looking.
"""

from checkin.services.doctor.examining import examine
from checkin.services.doctor.findings import Finding, Level

__all__ = ["Finding", "Level", "examine"]
