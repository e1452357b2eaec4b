"""What a class may be called."""

LONGEST_NAME = 40


def is_name(name: str) -> bool:
    """Tell whether a class can have this name."""
    return bool(name.strip()) and len(name) <= LONGEST_NAME and name.isprintable()
