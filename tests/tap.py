# SPDX-License-Identifier: GPL-3.0-or-later
"""unittest, speaking TAP (testanything.org, version 13) so that meson counts every test."""

import sys
import traceback
import unittest


REASON_LINES = 6
REASON_LENGTH = 300


class TapResult(unittest.TestResult):
    """Prints a line for each test as it ends; details go to stderr."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def _line(self, word, test, comment=""):
        self.number += 1
        name = test.id().rpartition(".")[2].removeprefix("test_").replace("_", " ")
        print(f"{word} {self.number} - {name}{comment}", flush=True)

    def _failure(self, test, error):
        self._line("not ok", test)
        # What it comes down to is beside it, also where only a part of the output is kept.
        for line in str(error[1]).splitlines()[:REASON_LINES]:
            print("# " + line[:REASON_LENGTH], flush=True)
        traceback.print_exception(*error, file=sys.stderr)
        sys.stderr.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._failure(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._failure(test, err)

    def addSubTest(self, test, subtest, err):
        """A test with a part that failed has no success, and would have no line at all."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._failure(subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line("ok", test, f" # SKIP {reason}")


def main():
    """Runs the tests of the program it is called from, those named in its arguments or all."""
    program = sys.modules["__main__"]
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(sys.argv[1:], program) if sys.argv[1:] else loader.loadTestsFromModule(program)
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}", flush=True)
    sys.exit(0 if result.wasSuccessful() and result.number else 1)
