#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures on their way to a mailbox: from a camera of the simulator, or handed over, to a real mail server.

What arrives is decoded by ffmpeg, which has nothing of ours in it.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from simulator_peers import KEY, Simulator  # noqa: E402
from smtp_server import NodeSmtp, SmtpSink  # noqa: E402

# What a camera may take, what the work on its picture may, and what a busy machine adds
DEADLINE_S = 5 + 3 + 2
ROUNDS = int(os.environ.get("ROUNDS", "200"))
FEW_KIB = 4096


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, timeout=60, **more).stdout


def probe(content):
    """Codec, width and height, by somebody who decodes all of it."""
    run("ffmpeg", "-v", "error", "-xerror", "-i", "-", "-f", "null", "-", input=content)
    found = run("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", "-",
                input=content).decode().strip().split(",")
    return found[0], int(found[1]), int(found[2])


def attachments(mail):
    return list(mail.iter_attachments())


class Illustrated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.sink = cls.enterClassContext(SmtpSink())
        cls.simulator = Simulator(os.environ["OCTOHERALD_DEMO"])
        cls.addClassCleanup(cls.simulator.stop)
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))
        cls.session.ctl("channel", "disable", "desktop")
        cls.channel = cls.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1",
                                      f"port={cls.sink.port}", "security=plain", "from=herald@example.org",
                                      "to=maker@example.org").stdout.strip()
        cls.session.ctl("printer", "add", "--name", "Bench", "--url", f"http://127.0.0.1:{cls.simulator.port}",
                        "--key-file", "-", input=KEY)
        wait_until(lambda: cls.session.ctl_json("status")["printers"][0]["connection"] == "connected")
        for kind in ("print-started", "print-progress"):
            cls.session.ctl("message", "set", kind, "--disable")

    def setUp(self):
        self.n_before = len(self.sink.mails())
        self.simulator.play("camera", fault="none")

    def wait_mails(self, number):
        wait_until(lambda: len(self.sink.mails()) >= self.n_before + number)
        return self.sink.mails()[self.n_before:]

    def latest(self):
        """The newest row of the history."""
        rows = self.session.ctl_json("history", "--limit", "1")["messages"]
        return rows[0] if rows else {"id": 0, "kind": None, "state": None}

    def wait_row(self, wanted):
        """The newest row, once it is delivered and what is wanted."""
        def look():
            row = self.latest()
            return row if row["state"] == "delivered" and wanted(row) else None
        return wait_until(look)

    def run_print(self, fault, **more):
        """Lets a print end; the mail about it, its row, and how many seconds it took."""
        first = self.latest()["id"]
        self.simulator.play("camera", fault=fault, **more)
        self.simulator.wait_until_connected()
        self.simulator.play("print", file=f"part-{time.monotonic_ns()}.gcode", seconds=1, outcome="done")
        row = self.wait_row(lambda row: row["id"] > first and row["kind"] == "print-done")
        created, finished = (time.mktime(time.strptime(row[name][:19], "%Y-%m-%dT%H:%M:%S"))
                             for name in ("created", "finished"))
        return self.wait_mails(1)[0], row, finished - created

    def picture_file(self, size="3000x2000", name="picture.jpg"):
        path = os.path.join(self.folder, name)
        run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=size={size}", "-frames:v", "1", path)
        return path

    def test_snapshot_arrives_and_decodes(self):
        mail, row, _took = self.run_print("none")
        self.assertEqual([part.get_content_type() for part in attachments(mail)], ["image/jpeg"])
        picture = attachments(mail)[0]
        self.assertRegex(picture.get_filename(), r"^\d{4}-\d\d-\d\d_\d\d-\d\d\.jpg$")
        self.assertEqual(picture.get_content_disposition(), "attachment")
        codec, width, height = probe(picture.get_content())
        self.assertEqual(codec, "mjpeg")
        self.assertGreater(min(width, height), 100)
        self.assertEqual((row["picture"], row["note"]), ("snapshot", None))
        self.assertEqual(pathlib.Path(row["picture_file"]).read_bytes(), picture.get_content())
        self.assertEqual(os.stat(row["picture_file"]).st_mode & 0o777, 0o600)

    def test_camera_that_fails_costs_no_message(self):
        """n=6: each way a camera can fail; the mail is on time, has no picture, and the history says why."""
        for fault, more in (("off", {}), ("slow", {"seconds": 60}), ("endless", {}), ("html", {}), ("huge", {}),
                            ("redirect", {"location": "http://127.0.0.1:9/elsewhere"})):
            with self.subTest(fault=fault):
                self.n_before = len(self.sink.mails())
                mail, row, took = self.run_print(fault, **more)
                print(f"# {fault}: {took:.0f} s, {row['note']}", flush=True)
                self.assertEqual(attachments(mail), [])
                self.assertLessEqual(took, DEADLINE_S)
                self.assertEqual(row["picture"], "none")
                self.assertIsNone(row["picture_file"])
                self.assertRegex(row["note"], r"^No picture: .*\.$")
                self.assertNotIn("No picture", mail.get_body().get_content())

    def test_broken_picture_is_not_sent(self):
        """What is cut off gives way to another address of the camera, or to none."""
        mail, row, took = self.run_print("truncated")
        self.assertLessEqual(took, DEADLINE_S)
        for picture in attachments(mail):
            self.assertEqual(probe(picture.get_content())[0], "mjpeg")
        self.assertEqual(row["picture"] == "snapshot", bool(attachments(mail)))

    def test_film_and_thumbnail_arrive(self):
        """The film as the server has it; what cannot be shown at the start of a print is not waited for."""
        first = self.latest()["id"]
        for kind in ("print-started", "timelapse-done"):
            self.session.ctl("message", "set", kind, "--enable")
        self.simulator.wait_until_connected()
        self.simulator.film(True)
        row = wait_until(lambda: next((row for row in self.session.ctl_json("history", "--limit", "9")["messages"]
                                       if row["id"] > first and row["kind"] == "timelapse-done" and
                                       row["state"] == "delivered"), None))
        self.session.ctl("message", "set", "print-started", "--disable")
        mails = self.wait_mails(3)
        kinds = {mail["subject"].partition(": ")[2]: [part.get_content_type() for part in attachments(mail)]
                 for mail in mails}
        print(f"# {kinds}, {row['picture']}, {row['note']}", flush=True)
        film = next(part for mail in mails for part in attachments(mail) if part.get_content_type() == "video/mp4")
        self.assertEqual(film.get_content()[4:8], b"ftyp")
        self.assertRegex(film.get_filename(), r"\.mp4$")
        self.assertEqual(row["picture"], "timelapse")
        self.assertEqual(pathlib.Path(row["picture_file"]).read_bytes(), film.get_content())
        self.assertTrue(all(found for found in kinds.values()), kinds)

    def test_thumbnail_goes_with_the_start_without_a_camera(self):
        """F61: in place of the camera's picture, also when the camera is off."""
        first = self.latest()["id"]
        self.session.ctl("message", "set", "print-started", "--enable")
        self.simulator.play("camera", fault="disabled")
        self.simulator.wait_until_connected()
        self.simulator.play("print", file="thumbnail.gcode", seconds=1, outcome="done")
        row = wait_until(lambda: next((row for row in self.session.ctl_json("history", "--limit", "9")["messages"]
                                       if row["id"] > first and row["kind"] == "print-started" and
                                       row["state"] == "delivered"), None))
        self.session.ctl("message", "set", "print-started", "--disable")
        pictures = [part for mail in self.wait_mails(2) for part in attachments(mail)]
        self.assertEqual((row["picture"], row["note"]), ("thumbnail", None))
        self.assertEqual([probe(picture.get_content())[1:] for picture in pictures], [(220, 124)])

    def test_picture_that_is_handed_over(self):
        path = self.picture_file()
        self.session.ctl("send", "--text", "Look", "--picture", path)
        mail = self.wait_mails(1)[0]
        self.assertEqual(probe(attachments(mail)[0].get_content()), ("mjpeg", 1920, 1280))
        row = self.wait_row(lambda row: row["kind"] == "custom")
        self.assertEqual(row["picture"], "file")

    def test_what_is_no_picture_is_refused(self):
        for name, content in (("page.jpg", b"<html>" * 100), ("empty.png", b""), ("vector.jpg", b"<svg/>")):
            path = os.path.join(self.folder, name)
            pathlib.Path(path).write_bytes(content)
            with self.subTest(name=name):
                done = self.session.ctl("send", "--text", "Look", "--picture", path, expect=1)
                self.assertRegex(done.stderr, r"\w+ \w+")
        self.session.ctl("send", "--text", "Look", "--picture", self.folder, expect=1)
        self.session.ctl("send", "--text", "Look", "--picture", "/nowhere/at/all", expect=1)
        self.assertEqual(len(self.sink.mails()), self.n_before)

    def test_server_that_takes_no_pictures_gets_the_words(self):
        with NodeSmtp("plain", size=20000) as server:
            channel = self.session.ctl("channel", "add", "email", "--name", "Small", "host=127.0.0.1",
                                       f"port={server.port}", "security=plain", "from=herald@example.org",
                                       "to=maker@example.org").stdout.strip()
            self.session.ctl("send", "--text", "Look", "--picture", self.picture_file(), "--channels", channel)
            row = self.wait_row(lambda row: row["kind"] == "custom")
            self.session.ctl("channel", "remove", channel)
            self.assertEqual(len(server.mails()), 1)
        self.assertEqual(row["note"], "No picture: the message was refused with it.")
        self.assertEqual(row["picture"], "none")

    def test_test_message_shows_the_camera(self):
        self.session.ctl("channel", "test", self.channel)
        self.assertEqual(probe(attachments(self.wait_mails(1)[0])[0].get_content())[0], "mjpeg")

    def test_f103_test_has_the_picture_of_the_printer_that_is_named(self):
        printer = self.session.ctl_json("status")["printers"][0]["id"]
        report = self.session.ctl_json("channel", "test", self.channel, "--printer", printer)
        self.assertEqual((report["state"], report["picture"], report["note"]), ("delivered", "snapshot", None))
        self.assertEqual(len(attachments(self.wait_mails(1)[0])), 1)

    def test_f105_camera_problem_is_told_and_is_no_failure_of_the_test(self):
        self.simulator.play("camera", fault="html")
        time.sleep(1.2)  # A picture of the same second would do.
        report = self.session.ctl_json("channel", "test", self.channel)
        self.assertEqual((report["state"], report["step"], report["picture"]), ("delivered", None, "none"))
        self.assertRegex(report["note"], r"^No picture: .*\.$")
        self.assertIn("No picture: ", self.session.ctl("channel", "test", self.channel).stdout)
        self.assertEqual([attachments(mail) for mail in self.wait_mails(2)], [[], []])

    def test_phone_gets_a_small_picture_only_by_mms(self):
        """At most 300 KiB and 1024 pixels, behind one short text; an SMS gateway gets the text alone."""
        for mms in ("true", "false"):
            with self.subTest(mms=mms):
                self.n_before = len(self.sink.mails())
                phone = self.session.ctl("channel", "add", "email", "--name", "Phone", "host=127.0.0.1",
                                         f"port={self.sink.port}", "security=plain", "from=herald@example.org",
                                         "sms=true", f"mms={mms}", "phone=(555) 123-4567",
                                         "gateway=google-fi").stdout.strip()
                self.session.ctl("send", "--text", "Look", "--picture", self.picture_file(), "--channels", phone)
                mail = self.wait_mails(1)[0]
                self.session.ctl("channel", "remove", phone)
                self.assertEqual(mail.recipient, "5551234567@msg.fi.google.com")
                self.assertEqual(mail["Subject"], None)
                if mms == "false":
                    self.assertEqual(mail.get_content_type(), "text/plain")
                    continue
                self.assertEqual([part.get_content_type() for part in mail.iter_parts()], ["text/plain", "image/jpeg"])
                picture = attachments(mail)[0].get_content()
                self.assertLessEqual(len(picture), 300 * 1024)
                self.assertLessEqual(max(probe(picture)[1:]), 1024)

    def test_z_memory_stays_what_it_was(self):
        """Of the service: after a few pictures, and after many more."""
        path = self.picture_file("1280x720", "small.jpg")

        def send(rounds):
            n_before = len(self.sink.mails())
            for _round in range(rounds):
                self.session.ctl("send", "--text", "Look", "--picture", path)
            wait_until(lambda: len(self.sink.mails()) == n_before + rounds, 120)
            wait_until(lambda: self.session.ctl_json("status")["outbox"]["waiting"] == 0)
            time.sleep(3)
            status = pathlib.Path(f"/proc/{self.session.service.pid}/status").read_text()
            return int(re.search(r"RssAnon:\s*(\d+)", status).group(1))

        before = send(20)
        after = send(ROUNDS)
        print(f"# private memory of the service: {before} KiB, after {ROUNDS} more pictures {after} KiB", flush=True)
        self.assertLess(after - before, FEW_KIB)


if __name__ == "__main__":
    import tap
    tap.main()
