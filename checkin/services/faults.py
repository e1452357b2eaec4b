"""What can go wrong below, for those above who may not look there; and how it is told."""

from traceback import extract_tb

from checkin.storage.database import NewerDatabase, StorageUnavailable

__all__ = ["NewerDatabase", "StorageUnavailable", "describe"]


def describe(error: BaseException) -> str:
    """Describe an exception by its kinds and places; its text may hold what somebody sent."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        lines += [f"  {f.filename}:{f.lineno} in {f.name}" for f in extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)
