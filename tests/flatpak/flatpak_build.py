# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak of this tree: built by its real manifest before a runtime that looks like the real one, and installed.

    installation = Installation(folder)
    installation.add_runtime()
    installation.install_bundle(build())

What takes long is kept in the cache and used again: the runtime, the sources, modules that did not change, what was compiled.
"""

import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).parent.parent.parent
APPLICATION = "io.github.octoherald.OctoHerald"
MANIFEST = ROOT / "flatpak" / f"{APPLICATION}.yml"
LIMIT_S = 1800
# What would change how the modules are built, and belongs to the build of the tests
FOREIGN = ("LIBRARY_PATH", "LD_LIBRARY_PATH", "C_INCLUDE_PATH", "CPATH", "CFLAGS", "LDFLAGS", "DESTDIR", "G_DEBUG", "G_TEST_SRCDIR",
           "G_TEST_BUILDDIR", "GSETTINGS_BACKEND", "DBUS_SESSION_BUS_ADDRESS")


def say(words):
    print(f"# {words}", flush=True)


class Timed:
    """Tells how long something has taken."""

    def __init__(self, what):
        self.what, self.began = what, None

    def __enter__(self):
        self.began = time.monotonic()
        return self

    def __exit__(self, kind, *_error):
        if kind is None:
            say(f"{self.what}: {time.monotonic() - self.began:.1f} s")


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**kept, **more}


def run(*command, **more):
    """The last line that a program has printed; how it failed is told with its last words."""
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=LIMIT_S, check=False, env=environment(**more))
    said = (done.stdout + done.stderr)[-6000:]
    assert done.returncode == 0, f"{command} ended with {done.returncode}: {said}"
    return (done.stdout.strip().splitlines() or [""])[-1]


def cache():
    place = os.environ.get("OCTOHERALD_CACHE")
    if place:
        return pathlib.Path(place)
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "octoherald"


def runtime():
    """The repository with the runtime; made if it is not there"""
    with Timed("the runtime"):
        return pathlib.Path(run(ROOT / "flatpak" / "look-alike-runtime.sh"))


class Installation:
    """A FLATPAK_USER_DIR of its own, empty at first"""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def flatpak(self, *words):
        return run("flatpak", "--user", *words, FLATPAK_USER_DIR=self.folder)

    def add_runtime(self, *names):
        """Platform, or Platform and Sdk"""
        version = next(line.split("'")[1] for line in MANIFEST.read_text(encoding="utf-8").splitlines()
                       if line.startswith("runtime-version:"))
        self.flatpak("remote-add", "--no-gpg-verify", "look-alike", runtime())
        self.flatpak("install", "--noninteractive", "look-alike", *(f"org.gnome.{name}//{version}" for name in names))

    def install_bundle(self, bundle):
        self.flatpak("install", "--noninteractive", "--bundle", bundle)


def build(folder):
    """A bundle of this tree in @folder. The Sdk is installed for that and for nothing else."""
    folder = pathlib.Path(folder)
    state, repository = cache() / "flatpak-build", folder / "repo"
    with Timed("the sources"):
        run(ROOT / "flatpak" / "fetch-sources.sh", state)
    with Timed("the Sdk, installed"):
        workshop = Installation(folder / "workshop")
        workshop.add_runtime("Platform", "Sdk")
    with Timed("the manifest, built"):
        run("flatpak-builder", "--ccache", "--force-clean", f"--state-dir={state}", f"--repo={repository}", folder / "tree", MANIFEST,
            FLATPAK_USER_DIR=workshop.folder)
    with Timed("the bundle"):
        bundle = folder / "octoherald.flatpak"
        run("flatpak", "build-bundle", repository, bundle, APPLICATION, FLATPAK_USER_DIR=workshop.folder)
    say(f"the bundle has {bundle.stat().st_size / 1e6:.1f} MB")
    return bundle
