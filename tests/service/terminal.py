# SPDX-License-Identifier: GPL-3.0-or-later
"""octoheraldctl at a terminal of its own, and a person who reads and types."""

import codecs
import os
import pty
import select

from herald_session import CTL

# A test of a channel may take as long.
LIMIT_S = 100


class Terminal:
    """octoheraldctl with a person in front of it, who sees what it writes."""

    def __init__(self, session, *arguments):
        self.screen, inner = pty.openpty()
        self.process = session.spawn([CTL, *arguments], stdin=inner, stdout=inner, stderr=inner)
        os.close(inner)
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.shown = ""

    def read(self):
        """What is shown next; nothing at the end."""
        ready, _to_write, _odd = select.select([self.screen], [], [], LIMIT_S)
        assert ready, f"nothing came after: {self.shown}"
        try:
            return self.decoder.decode(os.read(self.screen, 4096))
        except OSError:
            return ""

    def read_until(self, words):
        while words not in self.shown:
            chunk = self.read()
            assert chunk, f"“{words}” is not in: {self.shown}"
            self.shown += chunk
        before, self.shown = self.shown.split(words, 1)
        return before

    def type(self, line):
        os.write(self.screen, line.encode() + b"\n")

    def end(self):
        """What else was shown, and the exit status."""
        while chunk := self.read():
            self.shown += chunk
        os.close(self.screen)
        return self.shown, self.process.wait(20)
