"""Who else on this machine can read a file or folder, as each system keeps that."""

import re
import stat
import sys
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
EVERYBODY = ("WD", "AU", "BU", "BG", "AN", "IU", "NU", "DU", "DG", "DC")
"""What Windows calls those who are no one in particular, such as all users of the machine."""
NO_LIST = "NO_ACCESS_CONTROL"
ALLOWED = re.compile(r"\((?:A|XA|OA);[^;]*;[^;]*;[^;]*;[^;]*;([A-Z]{2}|S-[\d-]+)")
THEIR_NUMBERS = "*S-1-1-0 *S-1-5-11 *S-1-5-32-545 *S-1-5-4"
"""Everyone, Authenticated Users, Users and Interactive: their names differ in each language."""


def is_open(path: Path) -> bool:
    """Tell whether others than its own account, and those who keep the machine, can read it."""
    if sys.platform == "win32":
        return lets_everybody(_access_list(path))
    return bool(path.stat().st_mode & OTHERS)


def close_to_others(path: Path) -> str:
    """Return the command that takes from others what they could."""
    if sys.platform == "win32":
        own = f'icacls "{path}" /inheritance:d'
        return f'{own} && icacls "{path}" /remove:g {THEIR_NUMBERS}'
    return f"chmod {'700' if path.is_dir() else '600'} {path}"


def lets_everybody(access_list: str) -> bool:
    """Tell whether an access list of Windows (SDDL) lets in who is no one in particular."""
    allowed = ALLOWED.findall(access_list)
    return NO_LIST in access_list or any(who in EVERYBODY for who in allowed)


def _access_list(path: Path) -> str:
    """Return what Windows keeps of who may do what, in its own notation (SDDL)."""
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes

    its_list, of_a_file, first = 4, 1, 1  # DACL_SECURITY_INFORMATION, SE_FILE_OBJECT, SDDL_REVISION
    library = ctypes.WinDLL("advapi32")
    found, text = ctypes.c_void_p(), ctypes.c_wchar_p()
    name, nobody = ctypes.c_wchar_p(str(path)), [None] * 4
    failed = library.GetNamedSecurityInfoW(name, of_a_file, its_list, *nobody, ctypes.byref(found))
    if failed:
        raise ctypes.WinError(failed)
    try:
        if not library.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            found, first, its_list, ctypes.byref(text), None
        ):
            raise ctypes.WinError()
        return text.value or ""
    finally:
        free = ctypes.WinDLL("kernel32").LocalFree
        free.argtypes = [ctypes.c_void_p]
        free(text)
        free(found)
