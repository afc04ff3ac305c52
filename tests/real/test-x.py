#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real OctoPrint prints is posted on X: the features that OctoTweet had (F50, F70 to F75, G29), and what it lacked.

X is the stand-in that X's own libraries post to (test-x-standin.py).
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from camera_peer import CameraPeer  # noqa: E402
from herald_session import HeraldSession, wait_until  # noqa: E402
from http_ear import HttpEar  # noqa: E402
from octoprint_server import ADMIN_KEY, OctoPrintServer, dwell_gcode  # noqa: E402
from terminal import Terminal  # noqa: E402
from x_stand_in import XStandIn  # noqa: E402

USER = "demo_bench"
VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
ENDS = ("delivered", "probable", "rejected", "expired", "quarantined", "cancelled", "superseded", "digested")
SCRIPT = "#!/bin/sh\necho \"$OCTOHERALD_PHASE $OCTOHERALD_KIND\" >> \"$(dirname \"$0\")/ran.txt\"\n"


class X(unittest.TestCase):
    """One printer, whose server is listened at, one camera, one account at X, and nothing else that could be told."""

    @classmethod
    def setUpClass(cls):
        cls.camera = cls.enterClassContext(CameraPeer())
        cls.server = cls.enterClassContext(OctoPrintServer(VERSION))
        cls.ear = cls.enterClassContext(HttpEar(cls.server.port))
        cls.x = cls.enterClassContext(XStandIn(os.environ["OCTOHERALD_DEMO"]))
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))
        cls.ctl = staticmethod(cls.session.ctl)
        cls.allow_scripts()
        cls.ctl("channel", "add", "x", "--name", "Posts", f"server={cls.x.url}", "posts-per-day=100",
                *cls.x.secrets(cls.session.folder))
        cls.server.upload("part.gcode", dwell_gcode(2))
        cls.ctl("printer", "add", "--name", "Bench", "--url", cls.ear.url, "--key-file", "-", input=ADMIN_KEY)
        cls.ctl("printer", "set", "bench", f"snapshot-url={cls.camera.url('snapshot')}")
        for message in cls.session.ctl_json("message", "list")["messages"]:
            cls.ctl("message", "set", message["kind"], "--disable")
        for kind in ("print-done", "test", "custom"):
            cls.ctl("message", "set", kind, "--enable")

    @classmethod
    def allow_scripts(cls):
        """As somebody does with an editor."""
        script = pathlib.Path(cls.session.folder, "script")
        script.write_text(SCRIPT, encoding="utf-8")
        script.chmod(0o700)
        path = pathlib.Path(cls.ctl("config", "path").stdout.strip())
        cls.session.stop_service()
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if "[octoherald]" not in text:
            text += "\n[octoherald]\n"
        path.write_text(text.replace("[octoherald]\n", f"[octoherald]\nallow-scripts=true\nscript-before={script}\n"),
                        encoding="utf-8")
        path.chmod(0o600)
        cls.session.start_service()

    def setUp(self):
        self.x.play("none")
        wait_until(lambda: self.session.ctl_json("status")["printers"][0]["state"] == "operational", 60)
        self.n_posts = len(self.x.posts())
        self.camera.requests.clear()

    def ran(self):
        path = pathlib.Path(self.session.folder, "ran.txt")
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def posts(self):
        return self.x.posts()[self.n_posts:]

    def last_row(self):
        rows = self.session.ctl_json("history", "--limit", "1")["messages"]
        return rows[0] if rows else {"id": 0}

    def follow(self, act):
        """The row of what is told of an act, once it has ended."""
        before = self.last_row()["id"]
        act()

        def look():
            row = self.last_row()
            return row if row["id"] > before and row["state"] in ENDS else None
        return wait_until(look, 60)

    def print_part(self):
        self.server.print_file("part.gcode")
        self.server.wait_state("Printing", 30)
        self.server.wait_state("Operational", 60)

    def send(self, text, *more):
        return self.follow(lambda: self.ctl("send", "--text", text, "--channels", "posts", *more))

    def listen_at_keyring(self):
        """What the keyring is asked from now on; the answer tells it."""
        path = pathlib.Path(self.session.folder, f"keyring-{time.monotonic_ns()}.txt")
        with open(path, "wb") as file:
            monitor = self.session.spawn(["dbus-monitor", "--session",
                                          "type='method_call',destination='org.freedesktop.secrets'"], stdout=file)
        wait_until(lambda: path.stat().st_size > 0)

        def asked_about(owner):
            monitor.terminate()
            monitor.wait(10)
            return path.read_text(encoding="utf-8").count(f'string "{owner}"')
        return asked_about

    def test_f70_switched_off_nothing_is_fetched_run_or_sent_and_no_key_is_looked_up(self):
        """The same print twice, switched off and on: the second shows that the first could have been noticed."""
        found = {}
        self.ctl("message", "set", "print-started", "--enable", "--picture", "thumbnail", "picture-fallback=snapshot")
        self.addCleanup(self.ctl, "message", "set", "print-started", "--disable")
        for verb in ("disable", "enable"):
            self.ctl("channel", verb, "posts")
            time.sleep(1)
            self.camera.requests.clear()
            n_paths, n_requests, n_ran = len(self.ear.paths()), len(self.x.requests()), len(self.ran())
            asked_about = self.listen_at_keyring()
            rows = len(self.session.ctl_json("history", "--limit", "1000")["messages"])
            self.print_part()
            if verb == "enable":
                wait_until(lambda: len(self.posts()) == 2, 60)
            else:
                time.sleep(5)
            found[verb] = {
                "camera": len(self.camera.requests) > 0,
                "file": any(path.startswith("/downloads/") for path in self.ear.paths()[n_paths:]),
                "x": len(self.x.requests()) > n_requests,
                "script": len(self.ran()) > n_ran,
                "keyring": asked_about("posts") > 0,
                "rows": len(self.session.ctl_json("history", "--limit", "1000")["messages"]) - rows,
            }
        nothing = {"camera": False, "file": False, "x": False, "script": False, "keyring": False, "rows": 0}
        everything = {"camera": True, "file": True, "x": True, "script": True, "keyring": True, "rows": 2}
        self.assertEqual(found, {"disable": nothing, "enable": everything}, self.session.log()[-3000:])

    def test_f71_check_names_the_account_of_the_four_codes(self):
        shown = self.ctl("channel", "check", "posts").stdout
        self.assertIn(f"@{USER}", shown)
        self.assertIn("$0.010", shown)
        self.assertNotIn("Read and write", shown)
        self.x.play("read-only", times=0)
        self.assertIn("Read and write", self.session.ctl_json("channel", "check", "posts")["answer"])
        self.assertEqual(self.posts(), [])

    def test_f71_wrong_code_is_refused_by_x(self):
        wrong = "demoQ" + self.x.keys["api-secret"][5:]
        self.ctl("channel", "set", "posts", *self.x.secrets(self.session.folder, api_secret=wrong))
        self.addCleanup(self.ctl, "channel", "set", "posts", *self.x.secrets(self.session.folder))
        told = self.ctl("channel", "check", "posts", expect=1).stderr
        self.assertNotIn(wrong, told + self.session.log())
        self.assertGreater(len(told), 40)

    def take_anything(self):
        """The same part may be done after the same time as the one before, and be told all the same."""
        self.x.play("no-duplicate-rule", times=0)

    def test_f72_text_alone_as_octotweet_wrote_it(self):
        self.take_anything()
        self.ctl("message", "set", "print-done", "--picture", "none")
        self.addCleanup(self.ctl, "message", "reset", "print-done")
        row = self.follow(self.print_part)
        self.assertEqual((row["kind"], row["state"], row["picture"]), ("print-done", "delivered", "none"), row)
        post = self.posts()[-1]
        self.assertRegex(post["text"], r"^Bench : ✅ part is done after 00:00:\d\d\.$")
        self.assertEqual((post["media"], post["text"], post["id"]), ([], row["text"], row["remote_id"]))

    def test_f73_picture_goes_along(self):
        self.take_anything()
        row = self.follow(self.print_part)
        self.assertEqual((row["state"], row["picture"], row["note"]), ("delivered", "snapshot", None), row)
        post = self.posts()[-1]
        self.assertEqual([media["category"] for media in post["media"]], ["tweet_image"])
        sent = self.x.media(post["media"][0]["id"])
        self.assertEqual(sent, pathlib.Path(row["picture_file"]).read_bytes())
        self.assertEqual(post["media"][0]["sha256"], hashlib.sha256(sent).hexdigest())
        subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", "-", "-f", "null", "-"], input=sent, check=True, timeout=60)
        self.assertEqual([path for path, _headers in self.camera.requests], ["/?action=snapshot"])

    def test_f74_test_is_a_real_post_whose_page_is_named(self):
        report = self.session.ctl_json("channel", "test", "posts", "--yes")
        self.assertEqual((report["state"], {step["result"] for step in report["steps"]}), ("delivered", {"done"}), report)
        post = self.posts()[-1]
        self.assertEqual(report["link"], f"https://x.com/i/web/status/{post['id']}")
        self.take_anything()
        self.assertIn(report["link"][:30], self.ctl("channel", "test", "posts", "--yes").stdout)
        self.assertIn("channel test posts", self.ctl("channel", "set", "posts", *self.x.secrets(self.session.folder)).stderr)
        self.assertIn("channel test posts --printer bench", self.ctl("printer", "set", "bench", "name=Bench").stderr)

    def test_f74_person_is_asked_before_everybody_can_read_it(self):
        self.take_anything()
        for answer, status in (("n", 1), ("y", 0)):
            terminal = Terminal(self.session, "channel", "test", "posts", "--printer", "bench")
            asked = terminal.read_until("Post it? [y/N] ")
            self.assertIn("everybody can read", asked)
            self.assertIn("Bench : 📣 If you can read this", asked)
            self.assertIn("$0.015", asked)
            self.assertEqual(self.posts(), [])
            terminal.type(answer)
            told, ended = terminal.end()
            self.assertEqual(ended, status, told)
        self.assertEqual([post["text"].partition(",")[0] for post in self.posts()], ["Bench : 📣 If you can read this"])
        self.assertIn("https://x.com/i/web/status/", told)

    def test_f75_guide_sets_read_and_write_before_the_token(self):
        types = {entry["id"]: entry for entry in self.session.ctl_json("channel", "types")["types"]}
        guide = " ".join(types["x"]["guide"])
        self.assertLess(guide.index("Create an app"), guide.index("“Read and write”"))
        self.assertLess(guide.index("“Read and write”"), guide.index("generate the access token"))

    def test_f50_no_prefix_without_a_name(self):
        row = self.send("The lab is open")
        self.assertEqual(row["state"], "delivered", row)
        self.assertEqual(self.posts()[-1]["text"], "The lab is open")

    def test_g29_too_long_a_text_is_shortened_before_it_is_sent(self):
        row = self.send("word " * 100)
        self.assertEqual(row["state"], "delivered", row)
        text = self.posts()[-1]["text"]
        self.assertLessEqual(len(text) + text.count("…"), 280)
        self.assertGreater(len(text), 250)
        self.assertTrue(text.endswith("…"), text)

    def test_g29_same_text_twice_is_refused_with_a_reason(self):
        text = f"The door is open {time.monotonic_ns()}"
        self.assertEqual(self.send(text)["state"], "delivered")
        row = self.send(text)
        self.assertEqual((row["state"], row["attempts"]), ("rejected", 1), row)
        self.assertIn("same text", row["reason"])
        self.assertIn("{clock}", row["reason"])
        self.assertEqual([post["text"] for post in self.posts()], [text])

    def test_g29_big_picture_is_made_small_before_it_is_sent(self):
        path = os.path.join(self.session.folder, "big.jpg")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "nullsrc=size=3200x2400,geq=random(1)*255:128:128",
                        "-frames:v", "1", "-q:v", "2", path], check=True, timeout=120)
        self.assertGreater(os.path.getsize(path), 5_000_000)
        # A computer that has much else to do may not be done in time, and the text goes alone.
        for _try in range(5):
            row = self.send(f"Noise {time.monotonic_ns()}", "--picture", path)
            if "in time" not in (row["note"] or ""):
                break
        self.assertEqual((row["state"], row["note"]), ("delivered", None), row)
        media = self.posts()[-1]["media"]
        self.assertEqual(len(media), 1)
        self.assertLessEqual(media[0]["bytes"], 5_000_000)
        self.assertLessEqual(max(media[0]["width"], media[0]["height"]), 2048)


if __name__ == "__main__":
    import tap
    tap.main()
