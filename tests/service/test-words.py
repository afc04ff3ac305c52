#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of one's own: set, tried, told, and what becomes of a mistake in them."""

import json
import os
import pathlib
import sys
import time
import unittest
import urllib.request

from herald_session import CTL, HeraldSession, wait_until

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
RENDERING_KEYS = {"title", "text", "problems", "channel", "form", "told", "unit", "length", "limit", "segments", "cost",
                  "values_from", "picture", "shortened"}
LONG_TEXT = "{file} is done, and it is " + "very " * 50 + "beautiful."


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession().__enter__()
        cls.addClassCleanup(cls.session.close)
        cls.ctl = staticmethod(cls.session.ctl)
        cls.json = staticmethod(cls.session.ctl_json)
        cls.mail, cls.phone = (
            cls.ctl("channel", "add", "email", "--name", name, "host=127.0.0.1", "port=1", "security=plain",
                    "auth=none", "from=o@example.org", "to=a@example.org", f"sms={sms}").stdout.strip()
            for name, sms in (("Mail", "false"), ("Phone", "true")))

    def setUp(self):
        for kind in ("print-done", "print-started", "test"):
            self.addCleanup(self.ctl, "message", "reset", kind)

    def show(self, kind="print-done", *more):
        return self.json("message", "show", kind, *more)

    def set(self, *changes, kind="print-done"):
        """What is wrong with the words that are set now."""
        return self.ctl("message", "set", kind, *changes).stderr.splitlines()

    def render(self, *options, kind="print-done"):
        return self.json("render", kind, *options)

    def test_settings_of_one_kind_stand_together(self):
        """F35, F47, F52, F61, F107, G2"""
        fresh = self.show("print-started")
        self.assertEqual((fresh["picture"], fresh["picture-fallback"], fresh["placeholder"]),
                         ("thumbnail", "snapshot", False))
        self.assertEqual(fresh["pictures"], ["thumbnail", "none", "snapshot"])
        self.assertEqual(fresh["variable_descriptions"]["file"], "the file’s name without its ending")
        self.assertEqual(set(fresh["variable_descriptions"]), set(fresh["variables"]))
        self.set("--title", "T", "--text", "general", "text-x=post", "title-email=subject", "--picture", "none",
                 "picture-delay=-5", "placeholder=true", "--channels", f"desktop,{self.mail}")
        shown = self.show()
        self.assertEqual({key: shown[key] for key in ("title", "text", "text-x", "title-email", "picture",
                                                       "picture-delay", "placeholder", "channels", "changed")},
                         {"title": "T", "text": "general", "text-x": "post", "title-email": "subject",
                          "picture": "none", "picture-delay": -5, "placeholder": True,
                          "channels": f"desktop,{self.mail}", "changed": True})
        words = self.ctl("message", "show", "print-done").stdout
        for word in ("text-x", "post", "picture-fallback", "{time_formatted}", "how long it took"):
            self.assertIn(word, words)
        self.assertNotIn("text-sms", self.show())
        self.set("text-x=")
        self.assertNotIn("text-x", self.show())
        config = pathlib.Path(self.ctl("config", "path").stdout.strip()).read_text(encoding="utf-8")
        self.assertIn("[message print-done]\n", config)
        self.assertIn("\ntitle-email=subject\n", config)

    def test_what_is_wrong_is_said_when_it_is_set(self):
        """F45, and peers’ note (c) 4"""
        self.assertEqual(self.set("--text", "{file} is done. :tada:"), [])
        typo, = self.set("--text", "{flie} is done.")
        self.assertIn("{flie}", typo)
        self.assertIn("{file}", typo)
        costly, = self.set("--text", "Наше изделие {file} готово, приходите посмотреть на него, пока оно тёплое.")
        self.assertIn("SMS: This takes 2 messages instead of one, because of “Н”.", costly)
        long, = self.set("--text", LONG_TEXT)
        self.assertRegex(long, r"^SMS: With sample values this is \d+ characters too long\. Its end is cut off\.$")
        self.ctl("message", "set", "print-done", "--channels", "desktop")
        self.assertEqual(self.set("--text", LONG_TEXT), [])

    def test_defaults_raise_no_alarm(self):
        for row in self.json("message", "list")["messages"]:
            with self.subTest(row["kind"]):
                self.assertEqual(self.set(f"title={row['title']}", f"text={row['text']}", kind=row["kind"]), [])
                self.ctl("message", "reset", row["kind"])

    def test_rendering_is_that_of_each_channel(self):
        self.set("--title", "{printer} is done", "--text", "{file} is done.", "text-sms={file} done")
        answer = self.render("--samples")
        self.assertEqual(set(answer), RENDERING_KEYS | {"channels"})
        self.assertEqual((answer["title"], answer["text"], answer["form"]), ("Printer is done", "benchy is done.", None))
        channels = {entry["channel"]: entry for entry in answer["channels"]}
        self.assertEqual(set(channels), {"desktop", self.mail, self.phone})
        self.assertTrue(all(set(entry) == RENDERING_KEYS for entry in answer["channels"]))
        phone = channels[self.phone]
        self.assertEqual((phone["form"], phone["title"], phone["text"], phone["unit"], phone["length"], phone["limit"],
                          phone["segments"], phone["picture"]),
                         ("sms", None, "Printer: benchy done", "sms", 20, 120, 1, "none"))
        self.assertEqual((channels[self.mail]["form"], channels[self.mail]["picture"]), ("email", "snapshot"))
        self.assertEqual(self.render("--channel", self.phone, "--samples"), phone)
        self.ctl("message", "set", "print-done", "--channels", "desktop")
        self.assertEqual([entry["channel"] for entry in self.render()["channels"] if entry["told"]], ["desktop"])
        words = self.ctl("render", "print-done", "--samples").stdout
        self.assertIn("Printer is done\nbenchy is done.\n", words)
        self.assertIn("desktop: 15 of 1000, with its snapshot\n", words)
        self.assertIn(f"{self.phone}: it is not told there\n", words)
        self.assertEqual(self.ctl("render", "print-done", "--samples", "--text", LONG_TEXT).stderr, "")

    def test_post_is_counted_and_priced_before_it_is_sent(self):
        post = self.render("--form", "x", "--text", "{name} is done.", "--samples")
        self.assertEqual((post["cost"], post["unit"], post["limit"], post["shortened"]), (0.015, "weighted", 280, False))
        self.assertEqual(post["text"].replace("\u200b", ""), "Printer : benchy.gcode is done.")
        self.assertEqual(post["problems"], [])
        link = self.render("--form", "x", "--text", "{file}: https://example.org", "--samples")
        self.assertEqual(link["cost"], 0.2)
        self.assertEqual(link["length"], len("Printer : benchy: ") + 23)
        self.assertIn("https://example.org", link["problems"][0])
        self.assertIn("of 280, $0.015", self.ctl("render", "print-done", "--form", "x", "--samples").stdout)
        long = self.render("--form", "x", "--text", LONG_TEXT, "--samples")
        self.assertTrue(long["shortened"] and long["length"] <= 280 and long["text"].endswith("…"))

    def test_rendering_shows_what_is_tried(self):
        answer = self.render("--title", "A {nonsense}", "--text", "<b>&{name}")
        self.assertEqual(len(answer["problems"]), 1)
        self.assertTrue(answer["text"].startswith("<b>&") and "{name}" not in answer["text"])
        self.assertEqual(self.ctl("render", "print-done", "--text", "{nonsense}").stderr.count("{nonsense}"), 1)
        self.set("text-sms=own")
        tried = {entry["form"]: entry["text"] for entry in self.render("--text", "tried")["channels"]}
        self.assertEqual((tried["sms"], tried["desktop"]), ("Printer: own", "tried"))
        self.assertEqual(self.render("--text", "tried", "--form", "sms")["text"], "Printer: tried")

    def test_any_setting_can_be_tried(self):
        """As it would be after message set; nothing is set"""
        before = self.json("message", "list")
        tried = self.render("text=for all", "text-sms=for phones", f"channels={self.phone}", "picture=none", "--samples")
        self.assertEqual({entry["channel"]: (entry["told"], entry["text"], entry["picture"]) for entry in tried["channels"]},
                         {"desktop": (False, "for all", "none"), self.mail: (False, "for all", "none"),
                          self.phone: (True, "Printer: for phones", "none")})
        self.assertFalse(any(entry["told"] for entry in self.render("enabled=false")["channels"]))
        self.set("text-sms=own")
        self.assertEqual(self.render("text-sms=", "text=all", "--form", "sms", "--samples")["text"], "Printer: all")
        self.ctl("message", "reset", "print-done")
        self.assertEqual(self.json("message", "list"), before)
        for wrong in ("picture=film", "step=5", "enabled=maybe", "channels=nobody", "text=" + "x" * 8200):
            self.ctl("render", "print-done", wrong, expect=1)

    def test_groups_and_what_is_set_are_listed(self):
        rows = {row["kind"]: row["group"] for row in self.json("message", "list")["messages"]}
        self.assertEqual(set(rows.values()), {"prints", "progress", "attention", "printer", "files", "timelapse", "system"})
        self.assertEqual((rows["print-done"], rows["print-progress"], rows["custom"]), ("prints", "progress", "system"))
        self.set("--disable")
        self.assertTrue(self.show()["changed"])
        self.set("--enable")
        self.assertFalse(self.show()["changed"], "switched off and on again is as it was")

    def test_listeners_hear_of_changes_by_others(self):
        with open(os.path.join(self.session.folder, "ear.txt"), "wb") as log:
            ear = self.session.spawn(["gdbus", "monitor", "--session", "-d", "io.github.octoherald.OctoHerald.Service"], stdout=log)
        said = lambda: pathlib.Path(log.name).read_text(encoding="utf-8").count("MessagesChanged")  # noqa: E731
        wait_until(lambda: self.set("--text", "heard") == [] and said())
        heard = said()
        self.ctl("message", "reset", "print-done")
        wait_until(lambda: said() > heard)
        ear.terminate()
        ear.wait(10)

    def test_mistake_is_in_the_history_and_not_in_the_message(self):
        """F45: set, warned, sent without a trace, noted"""
        self.assertTrue(self.set("--text", "It works {tody|now}. {clokc}", "--title", "Mistaken", kind="test"))
        self.ctl("channel", "test", "desktop")
        shown = self.session.shown("Mistaken")
        self.assertEqual(shown["body"], "It works now.")
        row = next(row for row in self.json("history")["messages"] if row["title"] == "Mistaken")
        self.assertEqual((row["text"], row["state"]), ("It works now.", "delivered"))
        self.assertIn("{clokc}", row["note"])
        self.assertIn("{clock}", row["note"])
        self.assertIn("{tody} is not known", self.ctl("history").stdout)

    def test_silenced_message_is_not_sent(self):
        """F98"""
        before = len(self.json("history")["messages"])
        self.set("--text", "", "--title", " ", kind="test")
        begin = time.monotonic()
        refused = self.ctl("channel", "test", "desktop", expect=1)
        self.assertIn("Nothing was sent", refused.stderr)
        self.assertLess(time.monotonic() - begin, 10)
        self.assertEqual(len(self.json("history")["messages"]), before)


class RealValues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession(notifications=False).__enter__()
        cls.addClassCleanup(cls.session.close)
        cls.ctl = staticmethod(cls.session.ctl)
        cls.json = staticmethod(cls.session.ctl_json)
        demo = cls.session.spawn([DEMO, "--printers", "1", "--idle", "--json", "--key", KEY], stdout=-1, text=True)
        cls.addClassCleanup(demo.stdout.close)
        cls.url = None
        while cls.url is None:
            said = json.loads(demo.stdout.readline())
            cls.url = said.get("url") if "printer" in said else None
        cls.printer = cls.ctl("printer", "add", "--name", "Demo", "--url", cls.url, "--key-file", "-",
                              input=KEY).stdout.strip()

    def state(self):
        return self.json("printer", "show", self.printer)["state"]

    def test_values_are_the_most_real_there_are(self):
        """Samples before the first print, then those of the print, then those of the message about it"""
        wait_until(lambda: self.state() == "operational")
        text = ["--text", "{printer} {name} {progress|-}", "--printer", self.printer]
        first = self.json("render", "print-cancelled", *text)
        self.assertEqual((first["values_from"], first["text"]), ("sample", "Demo benchy.gcode 42"))

        body = json.dumps({"file": "whistle.gcode", "seconds": 300, "outcome": "done"}).encode()
        urllib.request.urlopen(urllib.request.Request(self.url.rstrip("/") + "/demo/print", body,
                                                      {"Content-Type": "application/json"}), timeout=20).close()
        wait_until(lambda: self.state() == "printing")
        current = self.json("render", "print-cancelled", *text)
        self.assertEqual(current["values_from"], "current")
        self.assertTrue(current["text"].startswith("Demo whistle.gcode "))
        self.assertEqual(self.json("render", "print-cancelled", *text[:2])["text"], current["text"])
        self.assertIn("benchy", self.json("render", "print-cancelled", *text, "--samples")["text"])
        # F41, G20: every message knows how the print is getting on
        known = self.json("render", "printer-error", "--text", "{progress} {spent_formatted} {remaining_formatted} {eta}")
        self.assertEqual(known["values_from"], "current")
        self.assertRegex(known["text"], r"^\d+ 00:0\d:\d\d 00:0\d:\d\d \d\d:\d\d$")

        wait_until(lambda: self.session.run([CTL, "printer", "cancel", self.printer]).returncode == 0)
        row = wait_until(lambda: next((row for row in self.json("history")["messages"]
                                       if row["kind"] == "print-cancelled"), None))
        wait_until(lambda: self.state() == "operational")
        past = self.json("render", "print-cancelled", *text)
        self.assertEqual(past["values_from"], "event")
        self.assertTrue(past["text"].startswith("Demo whistle.gcode"))
        self.assertEqual(self.json("render", "print-cancelled", "--event", str(row["event"]), *text), past)
        self.assertEqual(self.json("render", "print-cancelled", "--event", str(row["event"]))["text"], row["text"])
        self.assertIn("“print-cancelled”", self.ctl("render", "print-done", "--event", str(row["event"]), expect=1).stderr)

    def test_printer_has_its_own_words(self):
        """Precedence: printer and form, form, printer, general"""
        def said(form):
            return self.json("render", "print-done", "--samples", "--printer", self.printer, "--form", form)["text"]

        self.addCleanup(self.ctl, "message", "reset", "print-done")
        self.addCleanup(self.ctl, "message", "reset", "print-done", "--printer", self.printer)
        self.ctl("message", "set", "print-done", "--text", "general")
        self.ctl("message", "set", "print-done", "--printer", self.printer, "--text", "printer")
        self.assertEqual((said("x"), said("email")), ("Demo : printer", "printer"))
        self.ctl("message", "set", "print-done", "text-x=form")
        self.assertEqual((said("x"), said("email")), ("Demo : form", "printer"))
        self.ctl("message", "set", "print-done", "--printer", self.printer, "text-x=both")
        self.assertEqual((said("x"), said("email")), ("Demo : both", "printer"))
        self.ctl("message", "reset", "print-done", "--printer", self.printer)
        self.assertEqual((said("x"), said("email")), ("Demo : form", "general"))


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
