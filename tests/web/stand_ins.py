"""Pages that are not written yet, so that what guards them can be tested."""

import importlib.util
import sys
from types import ModuleType

from flask import Blueprint

PAGES = {
    "trends": {
        "show": ("GET", "/classrooms/<int:classroom>/trend"),
        "show_json": ("GET", "/classrooms/<int:classroom>/trend.json"),
        "seal": ("POST", "/classrooms/<int:classroom>/rounds/<day>/<moment>/seal"),
    },
    "care": {
        "flags": ("GET", "/flags"),
        "flags_json": ("GET", "/flags.json"),
        "flag": ("GET", "/flags/<int:id>"),
        "acknowledge": ("POST", "/flags/<int:id>/acknowledgement"),
        "note": ("POST", "/flags/<int:id>/notes"),
        "assign": ("POST", "/flags/<int:id>/assignment"),
        "close": ("POST", "/flags/<int:id>/closure"),
        "review": ("GET", "/review"),
    },
    "structure": {"show": ("GET", "/structure")},
    "school": {
        "tablets": ("GET", "/tablets"),
        "make_code": ("POST", "/tablets/codes"),
        "rename_tablet": ("POST", "/tablets/<int:id>/name"),
        "revoke_tablet": ("POST", "/tablets/<int:id>/revocation"),
        "classrooms": ("GET", "/classrooms"),
    },
    "health": {"show": ("GET", "/healthz")},
}


def stand_in() -> None:
    import checkin.web

    for name, pages in PAGES.items():
        full = f"checkin.web.{name}"
        if full in sys.modules or importlib.util.find_spec(full):
            continue
        module = ModuleType(full)
        module.blueprint = Blueprint(name, full)
        for function, (method, path) in pages.items():
            module.blueprint.add_url_rule(path, function, lambda **_: "", methods=[method])
        sys.modules[full] = module
        setattr(checkin.web, name, module)


stand_in()
