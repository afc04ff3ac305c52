# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer without a screen: a Debian that systemd has booted, in namespaces of its own, with ssh and a user "pi".

    enter_network()                            # of private_network: the computer shares the test's own network
    with BootedTree() as computer:
        computer.place("/etc/hosts", "…")
        computer.boot()
        computer.ssh("systemctl --user status")
        computer.root("journalctl")

What is written is gone with it. Needs root.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from private_network import run

HERE = pathlib.Path(__file__).resolve().parent
LIMIT_S = 120
SSH = ["ssh", "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR", "pi@127.0.0.1"]


def provision():
    """Folder of the Debian, and of what is known about its packages; makes it if it is missing."""
    done = subprocess.run([HERE / "provision-headless.sh"], check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          text=True, timeout=900)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


def groups_root():
    """Where groups of processes of version 2 are, alone or beside those of version 1."""
    unified = pathlib.Path("/sys/fs/cgroup/unified")
    return unified if unified.is_dir() else pathlib.Path("/sys/fs/cgroup")


class BootedTree:
    """`tree` is never changed."""

    def __init__(self, tree):
        self.tree = tree
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="booted-tree-"))
        self.group = groups_root() / self.folder.name
        self.process = None
        run("mount", "-t", "tmpfs", "tmpfs", self.folder)
        (self.folder / "upper").mkdir(mode=0o755)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def inside(self, path):
        """Where a file of the computer is before it is booted."""
        place = self.folder / "upper" / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def place(self, path, content):
        self.inside(path).write_text(content, encoding="utf-8")

    def boot(self):
        try:
            self.group.mkdir()
        except OSError as error:
            print(f"Bail out! This test boots a computer, and this system allows no group of processes for it ({error}). "
                  "Run it as root, in a container that may write below /sys/fs/cgroup.", flush=True)
            sys.exit(1)
        with open(self.folder / "console", "wb") as console:
            self.process = subprocess.Popen([HERE / "boot-tree.sh", self.tree, self.folder], stdin=subprocess.DEVNULL,
                                            stdout=console, stderr=console, preexec_fn=self._join_group)
        deadline = time.monotonic() + LIMIT_S
        while self.process.poll() is not None or \
                self.root("systemctl is-system-running", check=False).stdout.strip() not in ("running", "degraded"):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError("it did not boot: " + (self.folder / "console").read_text(errors="replace"))
            time.sleep(0.1)

    def shut_down(self):
        """At once, as by a cut of the current; what was written stays for the next boot."""
        self.process.kill()
        self.process.wait(LIMIT_S)
        self.process = None
        self._remove_group()

    def close(self):
        if self.process is not None:
            self.shut_down()
        run("umount", "--lazy", self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    def root(self, command, **more):
        """A shell of the administrator's."""
        return self._run(["/bin/bash", "-e", "-c", command], **more)

    def ssh(self, command, **more):
        """What somebody types who has logged in."""
        return self._run([*SSH, "bash", "-e", "-o", "pipefail", "-c", "'" + command.replace("'", "'\\''") + "'"], **more)

    def _run(self, command, check=True, **more):
        # systemd is the only child of unshare, and process 1 in there
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        if not children:
            return subprocess.CompletedProcess(command, 1, "", "not yet")
        enter = ["nsenter", "--target", children.split()[0], "--mount", "--pid", "--uts", "--ipc", "--cgroup", "--wd=/root",
                 "env", "-i", "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8"]
        more = {"timeout": LIMIT_S, **({} if "input" in more else {"stdin": subprocess.DEVNULL}), **more}
        done = subprocess.run([*enter, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                              check=False, **more)
        if check and done.returncode != 0:
            raise AssertionError(f"{command[-1]}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def _join_group(self):
        (self.group / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")

    def _remove_group(self):
        """Processes in there end a moment after their process 1."""
        deadline = time.monotonic() + LIMIT_S
        while self.group.exists():
            try:
                for folder, _folders, _files in os.walk(self.group, topdown=False):
                    os.rmdir(folder)
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
