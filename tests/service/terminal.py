# SPDX-License-Identifier: GPL-3.0-or-later
"""octoheraldctl at a terminal of its own, and a person who reads and types."""

import os
import pty

from herald_session import CTL


class Terminal:
    """octoheraldctl with a person in front of it, who sees what it writes."""

    def __init__(self, session, *arguments):
        self.screen, inner = pty.openpty()
        self.process = session.spawn([CTL, *arguments], stdin=inner, stdout=inner, stderr=inner)
        os.close(inner)
        self.shown = ""

    def read_until(self, words):
        while words not in self.shown:
            try:
                chunk = os.read(self.screen, 4096)
            except OSError:
                chunk = b""
            assert chunk, f"“{words}” is not in: {self.shown}"
            self.shown += chunk.decode()
        before, self.shown = self.shown.split(words, 1)
        return before

    def type(self, line):
        os.write(self.screen, line.encode() + b"\n")

    def end(self):
        """What else was shown, and the exit status."""
        try:
            while chunk := os.read(self.screen, 4096):
                self.shown += chunk.decode()
        except OSError:
            pass
        os.close(self.screen)
        return self.shown, self.process.wait(20)
