# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-desktop.py measures with: a panel, messages on the bus, and memory of whole families of processes."""

import collections
import contextlib
import json
import os
import re
import shutil
import time
import urllib.request

PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="plugin-ids" type="array"><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-2" type="string" value="systray"/></property>
</channel>
"""
HEADER = re.compile(r"^(signal|method call|method return|error) .*?sender=(\S+) -> destination=(\S+)(.*)$")
MEMBER = re.compile(r"path=([^;]*); interface=([^;]*); member=(\S+)")
# What a browser asks of a computer that it does not need here
CHROMIUM = ["chromium", "--headless=new", "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--remote-debugging-port=%d", "--user-data-dir=%s", "%s"]


def start_panel(session):
    """A real panel; returns when it draws icons."""
    folder = os.path.join(session.environment["XDG_CONFIG_HOME"], "xfce4/xfconf/xfce-perchannel-xml")
    os.makedirs(folder)
    with open(os.path.join(folder, "xfce4-panel.xml"), "w", encoding="utf-8") as file:
        file.write(PANEL)
    with open(os.path.join(session.folder, "panel.txt"), "wb") as log:
        panel = session.spawn(["xfce4-panel", "--disable-wm-check"], stdout=log, stderr=log)
    done = session.run(["gdbus", "wait", "--session", "--timeout", "30", "org.kde.StatusNotifierWatcher"])
    if done.returncode != 0:
        raise RuntimeError("xfce4-panel shows no icons")
    return panel


def own_libraries(session, program):
    """From now on what is started here shares no pages with the rest of a computer where others use the same libraries."""
    folder = os.path.join(session.folder, "libraries")
    os.mkdir(folder)
    for path in re.findall(r"=> (/\S+)", session.run(["ldd", program]).stdout):
        shutil.copy(path, folder)
    session.environment["LD_LIBRARY_PATH"] = folder


def owner_of(session, name):
    answer = session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                          "org.freedesktop.DBus.GetNameOwner", name]).stdout
    return answer.split("'")[1]


class Traffic:
    """Counts the messages on a bus for a while: `count` is {(who, what): how many}."""

    def __init__(self, session, names):
        """@names: {unique name: what it is called}"""
        self.session, self.names = session, names
        self.path = os.path.join(session.folder, "traffic.txt")

    def __enter__(self):
        self.file = open(self.path, "wb")
        self.monitor = self.session.spawn(["dbus-monitor", "--session"], stdout=self.file)
        time.sleep(1)
        # What it says of itself
        self.begin = os.path.getsize(self.path)
        return self

    def __exit__(self, *_error):
        self.monitor.terminate()
        self.monitor.wait(20)
        self.file.close()
        with open(self.path, "rb") as file:
            file.seek(self.begin)
            self.count = self._count(file.read().decode("utf-8", "replace").splitlines())

    def _count(self, lines):
        count = collections.Counter()
        for line in lines:
            header = HEADER.match(line)
            if header is None or header[2] == "org.freedesktop.DBus" and "NameLost" in line:
                continue
            kind, sender, destination, rest = header.groups()
            member = MEMBER.search(rest)
            who = self.names.get(sender, "others")
            if member is None:
                what = "answers to " + self.names.get(destination, "others")
            else:
                interface = member[2].rpartition(".")[2]
                what = interface + "." + member[3]
                if member[3] == "PropertiesChanged":
                    what += " of a printer" if "/printers/" in member[1] else ""
            count[who, what] += 1
        return count


def family(pid):
    """The process and all that come from it."""
    parents = {}
    for name in os.listdir("/proc"):
        with contextlib.suppress(OSError, ValueError), open(f"/proc/{int(name)}/stat", encoding="ascii", errors="replace") as stat:
            parents[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
    found = {pid}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def family_sum(pid, read):
    total = 0
    for member in family(pid):
        # One of them may have ended meanwhile.
        with contextlib.suppress(OSError):
            total += read(member)
    return total


def let_everybody_in(server):
    """Who comes from this computer is signed in at this OctoPrint; before it is started."""
    path = os.path.join(server.base, "config.yaml")
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    config["accessControl"].update(autologinLocal=True, autologinAs="admin", localNetworks=["127.0.0.0/8"])
    with open(path, "w", encoding="utf-8") as file:
        json.dump(config, file)


def start_chromium(session, url, port):
    """A browser whose only tab shows OctoPrint's own page, with its live figures."""
    command = " ".join(CHROMIUM) % (port, os.path.join(session.folder, "chromium"), url)
    with open(os.path.join(session.folder, "chromium.txt"), "wb") as log:
        process = session.spawn(command.split(), stdout=log, stderr=log)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=5) as tabs:
            titles = [tab["title"] for tab in json.load(tabs)]
            # Its title says how far the printer is once everything is loaded.
            if any("OctoPrint" in title and "Login" not in title for title in titles):
                return process
        time.sleep(0.5)
    raise RuntimeError(f"chromium does not show OctoPrint: {titles}")
