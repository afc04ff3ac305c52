#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we find in a file is what others find in it, or better: OctoPrint's own reader for g-code, Prusa's library for
binary g-code, Cura's for UFP.

    test-thumbnail-oracle.py PROGRAM [TEST…]        (kept-picture)
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import gcode_layouts as layouts  # noqa: E402

PROGRAM = sys.argv.pop(1)
SAMPLES = HERE.parent / "data" / "gcode"
LIMIT_S = 120

# Where they fail, or take a picture that has no end, and we do not.
BETTER = {
    "begun-twice.gcode": "16x16", "byte-order-mark.gcode": "48x32", "largest-broken.gcode": "16x16",
    "largest-cut.gcode": "16x16", "largest-is-text.gcode": "16x16", "no-blank.gcode": "48x32", "no-length.gcode": "48x32",
}

READ = """
import json, logging, sys
import gcode_thumbnail_tool, pybgcode
from Charon.OpenMode import OpenMode
from Charon.VirtualFile import VirtualFile
logging.disable(logging.CRITICAL)

def read_text(path):
    found = gcode_thumbnail_tool.extract_thumbnails_from_gcode_file(path)
    return [image.size for image in found.images] if found else []

def read_binary(path):
    reader = pybgcode.open(path, "rb")
    sizes = [(one["meta"].width, one["meta"].height) for one in pybgcode.read_thumbnails(reader)]
    pybgcode.close(reader)
    return sizes

def read_zip(path):
    archive = VirtualFile()
    archive.open(path, OpenMode.ReadOnly)
    data = archive.getStream("/Metadata/thumbnail.png").read()
    archive.close()
    return [(int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))]

readers = {"gcode": read_text, "bgcode": read_binary, "ufp": read_zip}
result = {}
for path in sys.argv[1:]:
    try:
        sizes = readers[path.rpartition(".")[2]](path)
        largest = max(sizes, key=lambda size: size[0] * size[1], default=None)
        result[path] = f"{largest[0]}x{largest[1]}" if largest else None
    except Exception as error:
        result[path] = f"error {type(error).__name__}"
print(json.dumps(result))
"""


def read_theirs(paths):
    place = subprocess.run([HERE / "provision-slicer-tools.sh"], stdout=subprocess.PIPE, check=True, text=True, timeout=700)
    done = subprocess.run([pathlib.Path(place.stdout.strip(), "bin", "python"), "-c", READ, *map(str, paths)],
                          stdout=subprocess.PIPE, check=True, text=True, timeout=LIMIT_S)
    return {pathlib.Path(path).name: size for path, size in json.loads(done.stdout).items()}


def read_ours(paths):
    done = subprocess.run([PROGRAM, *map(str, paths)], stdout=subprocess.PIPE, check=True, text=True, timeout=LIMIT_S)
    sizes = [line.split() for line in done.stdout.splitlines()]
    return {path.name: f"{words[2]}x{words[3]}" if words[0] == "picture" else None for path, words in zip(paths, sizes)}


class Oracle(unittest.TestCase):
    def compare(self, paths):
        theirs, ours = read_theirs(paths), read_ours(paths)
        self.assertEqual(len(ours), len(paths))
        for name, size in theirs.items():
            with self.subTest(name=name):
                if name in BETTER:
                    self.assertNotEqual(size, BETTER[name], "no longer better")
                    size = BETTER[name]
                self.assertEqual(ours[name], size)
        print(f"# {len(paths)} files compared", flush=True)

    def test_samples_of_g_code(self):
        self.compare(sorted(SAMPLES.glob("*.gcode")))

    def test_binary_g_code_that_prusas_library_made(self):
        self.compare(sorted(SAMPLES.glob("prusa*.bgcode")))

    def test_ufp_that_curas_library_made(self):
        self.compare([SAMPLES / "charon.ufp"])

    def test_g_code_of_every_layout(self):
        """Sizes, kinds, orders, ends of lines and ways to write the size, all with each other."""
        pictures = {(size, kind): layouts.draw(*size, kind)
                    for size in ((16, 16), (64, 48), (220, 124)) for kind in ("png", "jpg", "qoi")}
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for (size, kind), picture in pictures.items():
                for sizes in ("{w}x{h} {n}", "{w} {h} {n}"):
                    for end in ("\n", "\r\n"):
                        for other_first in (True, False):
                            blocks = [layouts.block(picture, *size, "" if kind == "png" else f"_{kind.upper()}", sizes),
                                      layouts.block(pictures[(64, 48), "png"], 64, 48, "", sizes)]
                            text = layouts.prusaslicer(*(reversed(blocks) if other_first else blocks))
                            path = pathlib.Path(folder, f"{len(paths)}.gcode")
                            path.write_bytes(text.replace("\n", end).encode())
                            paths.append(path)
            self.compare(paths)


if __name__ == "__main__":
    import tap
    tap.main()
