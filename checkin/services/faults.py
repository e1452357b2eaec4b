"""What can go wrong below, for those above who may not look there."""

from checkin.storage.database import NewerDatabase, StorageUnavailable

__all__ = ["NewerDatabase", "StorageUnavailable"]
