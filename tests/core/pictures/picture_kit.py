# SPDX-License-Identifier: GPL-3.0-or-later
"""octoherald-picture, the pictures to give it, and what ffmpeg and ImageMagick make of the same."""

import functools
import os
import struct
import subprocess
import sys
import zlib

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


class Refused(Exception):
    """The program ended with 1; the text is its word."""


class Result:
    """What the program has written."""

    def __init__(self, output):
        line, _, self.data = output.partition(b"\n")
        name, self.kind, width, height, brightness = line.decode().split(" ")
        assert name == "octoherald-picture", line
        self.size = int(width), int(height)
        self.brightness = int(brightness)


def convert(data, *options):
    done = subprocess.run([PROGRAM, *options], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    if done.returncode == 0:
        assert done.stderr == b"", done.stderr
        return Result(done.stdout)
    assert done.returncode == 1 and done.stdout == b"", done
    raise Refused(done.stderr.decode().strip())


def run(*command, data=b""):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True, timeout=60).stdout


def ffmpeg(*arguments, data=b""):
    """Bytes of what ffmpeg writes; `data` is its standard input."""
    return run("ffmpeg", "-v", "error", "-nostdin", *arguments, "pipe:1", data=data)


def magick(*arguments, data=b""):
    return run("convert", *arguments, data=data)


@functools.lru_cache
def draw(size, codec, pixels="rgb24", source="testsrc2", filters="null", options=()):
    """A picture with no symmetry, by ffmpeg, whose sources are of even sizes."""
    size_option = "%ss=%dx%d" % (":" if "=" in source else "=", size[0] + 2 & ~1, size[1] + 2 & ~1)
    crop = "format=rgba,crop=%d:%d:0:0,%s" % (*size, filters)
    return ffmpeg("-f", "lavfi", "-i", source + size_option, "-frames:v", "1", "-vf", crop,
                  "-pix_fmt", pixels, *options, "-c:v", codec, "-f", "image2pipe")


def read_pixels(data, filters="null", pixels="rgb24"):
    """Decoded by ffmpeg: one byte for each sample."""
    return ffmpeg("-f", "image2pipe", "-i", "pipe:0", "-vf", filters, "-pix_fmt", pixels, "-f", "rawvideo", data=data)


def get_difference(one, other):
    """Mean difference of a sample, 0 to 255."""
    assert len(one) == len(other), (len(one), len(other))
    return sum(abs(a - b) for a, b in zip(one, other)) / len(one)


# PNG, by hand

def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def make_png(width, height, rows, extra=b"", colour=2):
    """`rows` are compressed already; `extra` is put before them."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def deflate_zeros(size):
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    parts = [packer.compress(block[:min(size - start, 1 << 20)]) for start in range(0, size, 1 << 20)]
    return b"".join(parts) + packer.flush()


# JPEG, by hand

def add_exif(jpeg, orientation, words=b""):
    """After the first marker: an APP1 segment with one directory (CIPA DC-008, 4.5)."""
    entries = [struct.pack(">HHIHH", 0x112, 3, 1, orientation, 0)]
    body = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, len(entries)) + b"".join(entries) + bytes(4) + words
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def find_scans(jpeg):
    """[(start, end)] of each scan, with its own header."""
    starts, offset = [], 2
    while jpeg[offset + 1] != 0xd9:
        marker, length = jpeg[offset + 1], struct.unpack(">H", jpeg[offset + 2:offset + 4])[0]
        starts += [offset] if marker == 0xda else []
        offset += 2 + length
        if marker == 0xda:
            while jpeg[offset] != 0xff or jpeg[offset + 1] == 0 or 0xd0 <= jpeg[offset + 1] <= 0xd7:
                offset += 1
            starts[-1] = (starts[-1], offset)
    return starts
