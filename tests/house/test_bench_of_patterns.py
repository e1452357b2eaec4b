"""The bench of the pattern rules explains itself where its libraries are missing."""

import subprocess
import sys

WITHOUT = """
import importlib.abc, runpy, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in ('numpy', 'scipy'):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Missing())
sys.argv = ['bench.patterns', *sys.argv[1:]]
runpy.run_module('bench.patterns', run_name='__main__')
"""


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_says_in_one_sentence_what_is_missing() -> None:
    done = run("--quick")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "numpy" in done.stderr


def test_helps_without_it() -> None:
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "--set-bars" in done.stdout
