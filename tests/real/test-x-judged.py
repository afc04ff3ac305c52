#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the whole service sends to X, judged by others: every signature by oauthlib, and every request by Prism with X's own
description, if there is one (docs/testing.md).
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from x_judge import XJudge, prism  # noqa: E402
from x_stand_in import XStandIn  # noqa: E402

ENDS = ("delivered", "probable", "rejected", "expired", "quarantined", "cancelled", "superseded", "digested")
# A busy computer, and judges that take their time
LIMIT_S = 240
MEGABYTE = 1000 * 1000
TITLES = ("Bench : 25 %", "größer & \"besser\" \\ 日本 👩‍🔧", "two\nlines")


class Judged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.x = cls.enterClassContext(XStandIn(os.environ["OCTOHERALD_DEMO"]))
        cls.judge = cls.enterClassContext(XJudge(cls.x, cls.enterClassContext(prism())))
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))
        cls.folder = pathlib.Path(cls.session.folder)
        secrets = []
        for name, value in cls.x.keys.items():
            (cls.folder / name).write_text(value + "\n", encoding="utf-8")
            secrets += ["--secret", f"{name}={cls.folder / name}"]
        cls.session.ctl("channel", "add", "x", "--name", "Posts", f"server={cls.judge.url}", *secrets)

    def setUp(self):
        self.n_posts = len(self.x.posts())
        self.n_signed, self.n_shaped = self.judge.n_signed, self.judge.n_shaped
        self.session.ctl("channel", "set", "posts", "describe-pictures=false", "without-picture=true")

    def tearDown(self):
        self.x.stop_faults()

    def assert_judged(self, number):
        self.assertEqual(self.judge.violations, [])
        self.assertEqual(self.judge.n_signed - self.n_signed, number)
        if self.judge.prism:
            self.assertEqual(self.judge.n_shaped - self.n_shaped, number)

    def last_row(self):
        rows = self.session.ctl_json("history", "--limit", "1")["messages"]
        return rows[0] if rows else {"id": 0}

    def send(self, text, *more):
        """The row of a message, once it has ended."""
        before = self.last_row()["id"]
        self.session.ctl("send", "--text", text, "--channels", "posts", *more)

        def look():
            row = self.last_row()
            return row if row["id"] > before and row["state"] in ENDS else None
        return wait_until(look, LIMIT_S)

    def posts(self):
        return self.x.posts()[self.n_posts:]

    def make(self, name, *arguments):
        path = self.folder / name
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", *arguments, path], check=True, timeout=120)
        return path

    def test_words(self):
        for text in TITLES:
            row = self.send(text)
            self.assertEqual(row["state"], "delivered", row["reason"])
            self.assertEqual(row["remote_id"], self.posts()[-1]["id"])
        self.assertEqual([post["text"] for post in self.posts()], list(TITLES))
        self.assert_judged(len(TITLES))

    def test_picture_with_its_description(self):
        picture = self.make("picture.png", "-i", "testsrc2=size=1600x1200", "-frames:v", "1")
        self.session.ctl("channel", "set", "posts", "describe-pictures=true")
        row = self.send("with a picture", "--picture", str(picture))
        self.assertEqual((row["state"], row["note"]), ("delivered", None), row["reason"])
        media = self.posts()[-1]["media"][0]
        self.assertEqual(media["sha256"], hashlib.sha256(pathlib.Path(row["picture_file"]).read_bytes()).hexdigest())
        self.assertRegex(media["alt_text"], "3D printer")
        self.assert_judged(3)

    def test_film(self):
        film = self.make("film.mp4", "-i", "testsrc2=size=480x360:rate=25", "-t", "1", "-vf", "noise=alls=40:allf=t",
                         "-pix_fmt", "yuv420p", "-preset", "ultrafast")
        self.assertGreater(film.stat().st_size, MEGABYTE)
        row = self.send("with a film", "--picture", str(film))
        self.assertEqual((row["state"], row["note"]), ("delivered", None), row["reason"])
        media = self.posts()[-1]["media"][0]
        self.assertEqual(media["sha256"], hashlib.sha256(film.read_bytes()).hexdigest())
        self.assertEqual(self.judge.violations, [])
        self.assertGreater(self.judge.n_signed - self.n_signed, 5)

    def test_doubt_is_settled_by_one_more_attempt(self):
        for was_posted in (True, False):
            with self.subTest(was_posted=was_posted):
                self.setUp()
                self.x.play("unavailable", path="/2/tweets", times=1, done=was_posted)
                row = self.send(f"in doubt, posted: {was_posted}")
                self.assertEqual((row["state"], row["attempts"]), ("delivered", 2), row["reason"])
                self.assertEqual([post["text"] for post in self.posts()], [f"in doubt, posted: {was_posted}"])
                self.assert_judged(2)

    def test_refused_picture_stays_behind_and_the_history_says_so(self):
        picture = self.make("refused.png", "-i", "testsrc2=size=320x240", "-frames:v", "1")
        self.x.play("too-large", path="/2/media/upload", times=1)
        row = self.send("without its picture", "--picture", str(picture))
        self.assertEqual((row["state"], row["attempts"]), ("delivered", 1), row["reason"])
        self.assertRegex(row["reason"], r"^No picture: .*large.*\.$")
        self.assertEqual(self.posts()[0]["media"], [])

    def test_refused_picture_stops_the_words_if_it_shall(self):
        picture = self.make("wanted.png", "-i", "testsrc2=size=320x240", "-frames:v", "1")
        self.session.ctl("channel", "set", "posts", "without-picture=false")
        self.x.play("too-large", path="/2/media/upload", times=1)
        row = self.send("only with its picture", "--picture", str(picture))
        self.assertEqual((row["state"], row["attempts"]), ("rejected", 1), row["reason"])
        self.assertEqual(self.posts(), [])

    def test_judges_can_say_no(self):
        """With a secret that is another by one letter."""
        self.session.ctl("channel", "add", "x", "--name", "Wrong", f"server={self.judge.url}",
                         *(word for name, value in self.x.keys.items()
                           for word in ("--secret", f"{name}={self.write(name, value)}")))
        self.session.ctl("send", "--text", "wrong", "--channels", "wrong")
        wait_until(lambda: any("oauthlib" in words for words in self.judge.violations), LIMIT_S)
        self.judge.violations.clear()
        self.session.ctl("channel", "remove", "wrong")

    def write(self, name, value):
        path = self.folder / f"wrong-{name}"
        path.write_text(value[:-1] + ("B" if value[-1] == "A" else "A") if name == "api-secret" else value, encoding="utf-8")
        return path


if __name__ == "__main__":
    import tap
    tap.main()
