"""The kind of import contract that import-linter does not bring itself."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyStandardLibrary(Contract):
    """Allow a package to import itself and the standard library, and nothing else.

    A list of forbidden packages would miss the one that is added next year.
    """

    type_name = "only_standard_library"

    package = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find every direct import that leaves the package for something installed."""
        package = str(self.package)
        found = [
            f"{importer} -> {imported}"
            for importer in sorted({package} | graph.find_descendants(package))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not _is_inside(imported, package) and not _is_standard(imported)
        ]
        return ContractCheck(kept=not found, metadata={"imports": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that is too much."""
        for line in check.metadata["imports"]:
            output.print_error(f"- {line}", bold=False)


def _is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
