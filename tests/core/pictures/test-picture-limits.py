#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What octoherald-picture refuses, what it can do while it reads, and what a bomb costs.

    test-picture-limits.py PROGRAM [TEST…]
"""

import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))

import tap  # noqa: E402
from picture_kit import (PROGRAM, Refused, chunk, convert, deflate_zeros, draw, find_scans, magick, make_png)  # noqa: E402

MIB = 1 << 20
MEMORY_MIB = 256
# The program, its libraries and an input of 8 MiB that grows
HARDLY_MIB = 56
CPU_S = 5
# A sanitizer has shadows, and its own ways to die.
with open(PROGRAM, "rb") as program:
    SANITIZED = b"__asan_init" in program.read()


def measure(data, *options, memory_mib=None):
    """(status, peak of resident MiB, seconds of processor, seconds, first word) of one run; the peak is not below
    what this process has itself. `memory_mib`: all that it may have, libraries included."""
    limited = [] if memory_mib is None or SANITIZED else ["prlimit", "--as=%d" % (memory_mib * MIB)]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as words:
        source.write(data)
        source.seek(0)
        start = time.monotonic()
        child = subprocess.Popen([*limited, PROGRAM, *options], stdin=source, stdout=subprocess.DEVNULL, stderr=words)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        words.seek(0)
        return (child.returncode, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime,
                time.monotonic() - start, words.read().decode().strip())


class Refusal(unittest.TestCase):
    def assert_refused(self, word, data):
        with self.assertRaises(Refused) as caught:
            convert(data)
        self.assertEqual(str(caught.exception), word)

    def test_what_is_no_jpeg_png_or_qoi_is_refused(self):
        picture = draw((32, 32), "png")
        self.assert_refused("empty", b"")
        self.assert_refused("page", b"<!DOCTYPE html><title>Log in</title>")
        self.assert_refused("page", b"\n\n <!-- a camera --> <HTML><body>")
        self.assert_refused("unknown", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        self.assert_refused("unknown", b"{\"error\": \"busy\"}")
        for kind in ("gif", "webp", "bmp", "tiff", "tga", "ico", "xpm", "pcx"):
            with self.subTest(kind=kind):
                self.assert_refused("unknown", magick("png:-", kind + ":-", data=picture))
        self.assert_refused("unknown", bytes(4) + b"ftypisom" + bytes(100))

    def test_what_is_cut_off_is_refused_wherever_it_was_cut(self):
        for codec, pixels in (("png", "rgb24"), ("mjpeg", "yuvj420p"), ("qoi", "rgb24")):
            picture = draw((24, 16), codec, pixels)
            # The last of a QOI are zeros that mean nothing.
            end = len(picture) - {"png": 8, "mjpeg": 1, "qoi": 8}[codec]
            for length in list(range(4, end, max(1, end // 60))) + [end - 1]:
                with self.subTest(codec=codec, length=length):
                    with self.assertRaisesRegex(Refused, "^(damaged|unknown)$"):
                        convert(picture[:length])

    def test_garbage_within_never_does_more_than_spoil_the_picture(self):
        for codec, pixels in (("png", "rgb24"), ("mjpeg", "yuvj420p"), ("qoi", "rgba")):
            picture = draw((24, 16), codec, pixels)
            for number in range(150):
                broken = bytearray(picture)
                for step in range(1 + number % 4):
                    broken[(number * 7919 + step * 104729) % len(broken)] ^= 1 + (number * 37 + step) % 255
                with self.subTest(codec=codec, number=number):
                    code, _, _, _, word = measure(bytes(broken))
                    self.assertTrue(code == 0 or (code == 1 and word in ("damaged", "large", "unknown")), (code, word))

    def test_sizes_that_would_not_fit_are_refused_by_their_header(self):
        jpeg = bytearray(draw((32, 32), "mjpeg", "yuvj420p"))
        frame = jpeg.index(b"\xff\xc0")
        jpeg[frame + 5:frame + 9] = struct.pack(">HH", 50_000, 50_000)
        pictures = [make_png(50_000, 50_000, b""), make_png(2 ** 31 - 1, 1, b""), make_png(4097, 1, b""),
                    make_png(1, 4097, b""), bytes(jpeg), b"qoif" + struct.pack(">IIBB", 50_000, 50_000, 4, 0) + bytes(99),
                    b"qoif" + struct.pack(">IIBB", 2 ** 32 - 1, 2 ** 32 - 1, 4, 0) + bytes(99),
                    bytes(make_png(4, 4, b"")) + bytes(8 * MIB)]
        for number, picture in enumerate(pictures):
            with self.subTest(number=number):
                code, _, cpu_s, _, word = measure(picture, memory_mib=HARDLY_MIB)
                self.assertEqual((code, word), (1, "large"))
                self.assertLess(cpu_s, 1)

    def test_a_file_that_never_ends_is_refused(self):
        with open("/dev/zero", "rb") as zeros:
            done = subprocess.run([PROGRAM], stdin=zeros, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=20)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (1, b"", b"large\n"))

    def test_wrong_use_is_told_apart(self):
        for options in (["--nonsense"], ["picture.png"], ["--max-side=many"]):
            done = subprocess.run([PROGRAM, *options], input=b"", capture_output=True, timeout=20)
            self.assertEqual(done.returncode, 2)


class Bombs(unittest.TestCase):
    def assert_harmless(self, data, *options, memory_mib=MEMORY_MIB):
        code, _, cpu_s, seconds, word = measure(data, *options, memory_mib=memory_mib)
        self.assertLess(cpu_s, CPU_S + 1)
        self.assertLess(seconds, 30)
        return code, word

    def test_png_of_a_billion_pixels(self):
        rows = deflate_zeros(30_000 * 90_001)
        self.assertLess(len(rows), 4 * MIB)
        self.assertEqual(self.assert_harmless(make_png(30_000, 30_000, rows), memory_mib=HARDLY_MIB), (1, "large"))

    def test_png_with_more_rows_than_it_says(self):
        code, word = self.assert_harmless(make_png(100, 100, deflate_zeros(300 * MIB)))
        self.assertTrue(code == 0 or word == "damaged", (code, word))

    def test_png_with_fewer_rows_than_it_says(self):
        # Either the rest is transparent or it is refused; but it ends.
        self.assert_harmless(make_png(4096, 4096, deflate_zeros(1000), colour=6))

    def test_gigabytes_in_a_profile_or_a_comment(self):
        zeros = deflate_zeros(1000 * MIB)
        row = zlib.compress(bytes(13) * 4)
        for name, content in ((b"iCCP", b"x\0\0" + zeros), (b"zTXt", b"Comment\0\0" + zeros),
                              (b"iTXt", b"Comment\0\1\0\0\0" + zeros)):
            for repeats in (1, 7):
                with self.subTest(name=name, repeats=repeats):
                    extra = chunk(name, content) * repeats
                    code, word = self.assert_harmless(make_png(4, 4, row, extra), memory_mib=HARDLY_MIB)
                    self.assertTrue(code == 0 or word in ("damaged", "large"), (code, word))

    def test_jpeg_with_a_thousand_passes_is_not_followed_to_their_end(self):
        picture = magick("-size", "4000x4000", "xc:gray", "-interlace", "JPEG", "-sampling-factor", "4:4:4", "jpg:-")
        start, end = find_scans(picture)[-1]
        bomb = picture[:end] + picture[start:end] * 3000 + picture[end:]
        self.assertLess(len(bomb), 8 * MIB)
        code, peak, cpu_s, _, word = measure(bomb)
        self.assertEqual((code, word), (1, "damaged"))
        self.assertTrue(SANITIZED or peak < MEMORY_MIB, peak)
        self.assertLess(cpu_s, CPU_S)

    def test_jpeg_with_more_passes_than_anybody_makes_is_read(self):
        picture = magick("-size", "40x30", "xc:gray", "-interlace", "JPEG", "jpg:-")
        start, end = find_scans(picture)[-1]
        self.assertEqual(measure(picture[:end] + picture[start:end] * 50 + picture[end:])[0], 0)

    def test_largest_picture_that_is_allowed_is_read_turned_and_written(self):
        png = draw((4096, 4096), "png", "rgba")
        jpeg = magick("png:-", "-interlace", "JPEG", "-sampling-factor", "4:4:4", "jpg:-", data=png)
        for picture in (png, jpeg):
            for options in (("--png", "--rotate-left", "--square"), ("--rotate-left", "--max-bytes=300000")):
                with self.subTest(options=options):
                    code, peak, _, _, word = measure(picture, *options)
                    self.assertEqual((code, word), (0, ""))
                    self.assertTrue(SANITIZED or peak < MEMORY_MIB, peak)


class Confinement(unittest.TestCase):
    """Looked at from outside, while it waits for its picture."""

    def setUp(self):
        self.child = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.child.communicate, b"")
        deadline = time.monotonic() + 10
        # It reads when all is locked.
        while not self.read("wchan").startswith(("pipe_read", "anon_pipe_read")) and time.monotonic() < deadline:
            if self.get_status("Seccomp") == "2" and self.read("stat").split()[2] == "S":
                break
            time.sleep(0.01)

    def read(self, name):
        with open("/proc/%d/%s" % (self.child.pid, name)) as lines:
            return lines.read()

    def get_status(self, name):
        return dict(line.split(":\t", 1) for line in self.read("status").splitlines())[name].strip()

    def test_calls_are_filtered_and_no_right_can_be_won(self):
        self.assertEqual(self.get_status("Seccomp"), "2")
        self.assertEqual(self.get_status("NoNewPrivs"), "1")
        self.assertEqual(self.get_status("Threads"), "1")

    def test_limits_are_set_for_good(self):
        limits = {"Max address space": [MEMORY_MIB * MIB] * 2, "Max cpu time": [CPU_S, CPU_S + 1],
                  "Max open files": [3, 3], "Max core file size": [0, 0], "Max file size": [8 * MIB] * 2}
        lines = self.read("limits").splitlines()
        for name, limit in limits.items():
            if SANITIZED and name == "Max address space":
                continue
            line = next(line for line in lines if line.startswith(name))
            self.assertEqual(line[len(name):].split()[:2], [str(number) for number in limit], name)

    def test_nothing_is_open_but_its_three_pipes(self):
        self.assertEqual(sorted(os.listdir("/proc/%d/fd" % self.child.pid)), ["0", "1", "2"])

    def test_it_does_not_outlive_who_started_it(self):
        # A parent that starts one, tells its id, and is killed.
        script = ("import os, subprocess, sys, time\n"
                  "child = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE)\n"
                  "time.sleep(0.5)\n"
                  "os.dup2(child.stdin.fileno(), 200, True)\n"
                  "print(child.pid, flush=True)\n"
                  "time.sleep(60)\n")
        parent = subprocess.Popen([sys.executable, "-c", script, PROGRAM], stdout=subprocess.PIPE)
        pid = int(parent.stdout.readline())
        # Its input stays open here, so that only the signal can end it.
        handle = os.open("/proc/%d/fd/0" % pid, os.O_WRONLY)
        self.addCleanup(os.close, handle)
        parent.kill()
        parent.communicate()
        deadline = time.monotonic() + 10
        while self.is_alive(pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertFalse(self.is_alive(pid))

    @staticmethod
    def is_alive(pid):
        try:
            with open("/proc/%d/stat" % pid) as stat:
                return stat.read().rpartition(")")[2].split()[0] not in "ZX"
        except FileNotFoundError:
            return False


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tap.main()
