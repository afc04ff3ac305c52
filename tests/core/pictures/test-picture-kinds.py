#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""octoherald-picture reads each way in which JPEG and PNG store pixels, and what EXIF says of their position.

    test-picture-kinds.py PROGRAM [TEST…]
"""

import os
import struct
import subprocess
import sys
import unittest
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))

import tap  # noqa: E402
from picture_kit import PROGRAM, Refused, chunk, convert, draw, get_difference, magick, read_pixels  # noqa: E402

SIZE = (13, 9)
# Adam7 (PNG, 8.2): first column, first row, steps
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
COLOURS = [(i * 16, 255 - i * 13, i * 7 % 256) for i in range(16)]
OPACITIES = [0, 40, 200]
NO_TURN, LEFT = "null", "transpose=2"
# Of CIPA DC-008: what makes upright what it says
POSITIONS = {1: NO_TURN, 2: "hflip", 3: "hflip,vflip", 4: "vflip", 5: "transpose=0", 6: "transpose=1", 7: "transpose=3", 8: LEFT}


def get_samples(x, y, colour, depth):
    top = (1 << depth) - 1
    return [(x * 19 + y * 31 + channel * 57 + x * y) * (257 if depth == 16 else 1) & top for channel in range(CHANNELS[colour])]


def pack(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", sample) for sample in samples)
    bits = "".join(format(sample, "0%db" % depth) for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def make(colour, depth, interlaced, extra=b""):
    rows = b""
    for left, top, right, down in PASSES if interlaced else ((0, 0, 1, 1),):
        for y in range(top, SIZE[1], down):
            samples = [sample for x in range(left, SIZE[0], right) for sample in get_samples(x, y, colour, depth)]
            rows += b"\0" + pack(samples, depth) if samples else b""
    header = struct.pack(">IIBBBBB", *SIZE, depth, colour, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def get_expected(colour, depth, transparent=None):
    """As the specification says (13.12, 13.16): R, G, B and opacity of each pixel, 0 to 255"""
    for y in range(SIZE[1]):
        for x in range(SIZE[0]):
            samples = get_samples(x, y, colour, depth)
            if colour == PALETTE:
                opacity = OPACITIES[samples[0]] if transparent and samples[0] < len(OPACITIES) else 255
                yield from (*COLOURS[samples[0]], opacity)
                continue
            opacity = 0 if samples == transparent else 255
            values = [round(sample * 255 / ((1 << depth) - 1)) for sample in samples]
            opacity = values.pop() if colour in (GREY_ALPHA, RGBA) else opacity
            yield from (*(values * 3 if len(values) == 1 else values), opacity)


class Png(unittest.TestCase):
    def assert_read(self, picture, expected):
        self.assertEqual(list(read_pixels(convert(picture, "--png").data, pixels="rgba")), list(expected))

    def test_every_colour_and_depth_is_read_to_the_pixel(self):
        palette = chunk(b"PLTE", b"".join(map(bytes, COLOURS)))
        for colour, depths in ((GREY, (1, 2, 4, 8, 16)), (RGB, (8, 16)), (PALETTE, (1, 2, 4)), (GREY_ALPHA, (8, 16)), (RGBA, (8, 16))):
            for depth in depths:
                for interlaced in (False, True):
                    with self.subTest(colour=colour, depth=depth, interlaced=interlaced):
                        extra = palette if colour == PALETTE else b""
                        self.assert_read(make(colour, depth, interlaced, extra), get_expected(colour, depth))

    def test_transparency_of_one_colour_or_of_a_palette_is_kept(self):
        palette = chunk(b"PLTE", b"".join(map(bytes, COLOURS))) + chunk(b"tRNS", bytes(OPACITIES))
        self.assert_read(make(PALETTE, 4, True, palette), get_expected(PALETTE, 4, True))
        for colour, depth in ((GREY, 2), (GREY, 8), (GREY, 16), (RGB, 8), (RGB, 16)):
            with self.subTest(colour=colour, depth=depth):
                seen = get_samples(5, 4, colour, depth)
                extra = chunk(b"tRNS", struct.pack(">%dH" % len(seen), *seen))
                expected = list(get_expected(colour, depth, seen))
                self.assertIn(0, expected[3::4])
                self.assert_read(make(colour, depth, False, extra), expected)

    def test_rows_that_are_missing_are_no_picture(self):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, RGB, 0, 0, 0))
        rows = zlib.compress((b"\0" + bytes(64 * 3)) * 63)
        with self.assertRaisesRegex(Refused, "^damaged$"):
            convert(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b""))

    def test_checksum_that_is_wrong_is_refused(self):
        picture = bytearray(make(RGB, 8, False))
        picture[picture.index(b"IDAT") + 8] ^= 1
        with self.assertRaisesRegex(Refused, "^damaged$"):
            convert(bytes(picture))


class Jpeg(unittest.TestCase):
    def test_inks_are_mixed_with_and_without_the_marker_of_adobe(self):
        picture = magick("png:-", "-colorspace", "CMYK", "-quality", "95", "jpg:-", data=draw((64, 48), "png"))
        marker = picture.index(b"\xff\xee")
        bare = picture[:marker] + picture[marker + 2 + struct.unpack(">H", picture[marker + 2:marker + 4])[0]:]
        for which, data in (("marked", picture), ("bare", bare)):
            with self.subTest(which=which):
                expected = magick("jpg:-", "-colorspace", "sRGB", "png:-", data=data)
                self.assertLess(get_difference(read_pixels(convert(data, "--png").data), read_pixels(expected)), 8)

    def test_scaled_progressive_picture_is_whole(self):
        picture = magick("png:-", "-interlace", "JPEG", "jpg:-", data=draw((640, 480), "png"))
        result = convert(picture, "--png", "--max-side=100")
        expected = magick("jpg:-", "-filter", "Box", "-resize", "100x75!", "png:-", data=picture)
        self.assertEqual(result.size, (100, 75))
        self.assertLess(get_difference(read_pixels(result.data), read_pixels(expected)), 2)

    def test_second_frame_of_another_size_is_refused(self):
        picture = draw((32, 16), "mjpeg", "yuvj420p")
        frame = picture.index(b"\xff\xc0")
        length = struct.unpack(">H", picture[frame + 2:frame + 4])[0]
        second = bytearray(picture[frame:frame + 2 + length])
        second[5:9] = struct.pack(">HH", 4000, 4000)
        scan = picture.index(b"\xff\xda")
        for where in (frame, scan):
            with self.subTest(where=where):
                with self.assertRaisesRegex(Refused, "^(damaged|large)$"):
                    convert(picture[:where] + bytes(second) + picture[where:])


def add_segment(jpeg, body):
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def make_exif(entries, order=">", offset=8, n_entries=None):
    """One directory behind a header"""
    table = b"".join(struct.pack(order + "HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    number = len(entries) if n_entries is None else n_entries
    return (b"Exif\0\0" + (b"MM" if order == ">" else b"II") + struct.pack(order + "HI", 42, offset) + bytes(max(0, min(offset, 99) - 8))
            + struct.pack(order + "H", number) + table)


class Exif(unittest.TestCase):
    def setUp(self):
        self.upright = draw((48, 32), "mjpeg", "yuvj444p", options=("-q:v", "2"))
        self.plain = convert(self.upright, "--png").data

    def assert_turned(self, exif, filters):
        result = convert(add_segment(self.upright, exif), "--png")
        self.assertEqual(read_pixels(result.data), read_pixels(self.plain, filters))

    def test_each_position_is_made_upright_in_both_orders_of_bytes(self):
        for order in "><":
            for value, filters in POSITIONS.items():
                with self.subTest(order=order, value=value):
                    other = (0x10f, 2, 4, b"me\0\0")
                    entry = (0x112, 3, 1, struct.pack(order + "HH", value, 0))
                    self.assert_turned(make_exif([other, entry], order, offset=20), filters)

    def test_what_makes_no_sense_turns_nothing(self):
        six = struct.pack(">HH", 6, 0)
        for name, exif in (
                ("no such position", make_exif([(0x112, 3, 1, bytes(4))])),
                ("nor this", make_exif([(0x112, 3, 1, struct.pack(">HH", 9, 0))])),
                ("another type", make_exif([(0x112, 4, 1, six)])),
                ("two of them", make_exif([(0x112, 3, 2, six)])),
                ("entry cut off", make_exif([(0x112, 3, 1, six)])[:-1]),
                ("more entries than there are", make_exif([(0x10f, 3, 1, six)], n_entries=65535)),
                ("directory far away", make_exif([(0x112, 3, 1, six)], offset=2 ** 32 - 1)),
                ("directory at the end", b"Exif\0\0MM\0*" + struct.pack(">I", 8)),
                ("no order of bytes", make_exif([(0x112, 3, 1, six)]).replace(b"MM", b"MI")),
                ("no TIFF", make_exif([(0x112, 3, 1, six)]).replace(b"\0*", b"\0+")),
                ("only its name", b"Exif\0\0"), ("not even that", b"Exif"), ("something else", b"http://ns.adobe.com/xap/1.0/\0<x/>")):
            with self.subTest(name=name):
                self.assert_turned(exif, NO_TURN)


class Alone(unittest.TestCase):
    """GdkPixbuf decodes by modules or by other processes; neither is to be had in here."""

    def test_no_module_is_looked_for(self):
        environment = dict(os.environ, GDK_PIXBUF_MODULE_FILE="/nonexistent", GDK_PIXBUF_MODULEDIR="/nonexistent", PATH="")
        for picture in (draw(SIZE, "png"), draw(SIZE, "mjpeg", "yuvj420p")):
            done = subprocess.run([PROGRAM], input=picture, env=environment, capture_output=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertTrue(done.stdout.startswith(b"octoherald-picture jpeg 13 9 "))

    def test_no_library_of_it_is_loaded(self):
        child = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(child.communicate)
        # A picture as large as a pipe cannot hold at once: it is read, so all is loaded.
        child.stdin.write(bytes(200_000))
        with open("/proc/%d/maps" % child.pid) as lines:
            maps = lines.read()
        self.assertIn("libjpeg", maps)
        self.assertIn("libpng", maps)
        for name in ("gdk_pixbuf", "glycin"):
            self.assertNotIn(name, maps)


if __name__ == "__main__":
    tap.main()
