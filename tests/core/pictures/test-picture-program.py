#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""octoherald-picture turns, scales and packs pictures as others do: compared with ffmpeg and ImageMagick.

    test-picture-program.py PROGRAM [TEST…]
"""

import itertools
import os
import sys
import unittest
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))

import tap  # noqa: E402
from picture_kit import (Refused, add_exif, convert, draw, get_difference, magick, make_png, read_pixels,  # noqa: E402
                         deflate_zeros)

TURNS = (("--flip-horizontally", "hflip"), ("--flip-vertically", "vflip"), ("--rotate-left", "transpose=2"))
# Odd and uneven, so that nothing can be one off
SIZE = (37, 23)


def get_turns():
    """(options, filters) of each of the eight."""
    for chosen in itertools.product((False, True), repeat=3):
        turns = [turn for turn, is_chosen in zip(TURNS, chosen) if is_chosen]
        yield [option for option, _ in turns], ",".join(["null"] + [name for _, name in turns])


def get_distance(one, other):
    return get_difference(read_pixels(one), read_pixels(other))


class Turning(unittest.TestCase):
    def test_every_flip_and_turn_of_a_png_is_that_of_ffmpeg_to_the_pixel(self):
        for codec_pixels in ("rgb24", "rgba"):
            filters = "geq=r=X*6:g=Y*9:b=X*Y:a=255-X*4" if codec_pixels == "rgba" else "null"
            picture = draw(SIZE, "png", codec_pixels, filters="format=%s,%s" % (codec_pixels, filters))
            seen = set()
            for options, turn in get_turns():
                with self.subTest(pixels=codec_pixels, options=options):
                    result = convert(picture, "--png", *options)
                    pixels = read_pixels(result.data, pixels=codec_pixels)
                    self.assertEqual(pixels, read_pixels(picture, turn, codec_pixels))
                    self.assertEqual(result.size, SIZE[::-1] if "--rotate-left" in options else SIZE)
                    seen.add((result.size, pixels))
            self.assertEqual(len(seen), 8)

    def test_every_flip_and_turn_of_a_jpeg_is_that_of_ffmpeg(self):
        picture = draw((160, 120), "mjpeg", "yuvj444p", options=("-q:v", "2"))
        for options, turn in get_turns():
            with self.subTest(options=options):
                pixels = read_pixels(convert(picture, "--png", *options).data)
                # Two decoders round differently.
                self.assertLess(get_difference(pixels, read_pixels(picture, turn)), 1)
                others = [get_difference(pixels, read_pixels(picture, other)) for _, other in get_turns()
                          if other != turn and ("transpose" in other) == ("transpose" in turn)]
                self.assertGreater(min(others), 20)

    def test_what_the_camera_says_of_its_position_is_done_first(self):
        upright = draw((48, 32), "mjpeg", "yuvj444p", options=("-q:v", "2"))
        for orientation in range(1, 9):
            picture = add_exif(upright, orientation)
            expected = magick("jpg:-", "-auto-orient", "png:-", data=picture)
            for options, turn in get_turns():
                with self.subTest(orientation=orientation, options=options):
                    self.assertEqual(read_pixels(convert(picture, "--png", *options).data),
                                     read_pixels(expected, turn))

    def test_position_is_kept_when_the_picture_is_scaled(self):
        picture = add_exif(draw((640, 480), "mjpeg", "yuvj444p", options=("-q:v", "2")), 6)
        self.assertEqual(convert(picture, "--max-side=160").size, (120, 160))
        self.assertEqual(convert(picture, "--max-side=160", "--rotate-left").size, (160, 120))


class Kinds(unittest.TestCase):
    def test_every_kind_of_png_is_read(self):
        for options in (("-type", "Grayscale"), ("-type", "GrayscaleAlpha"), ("-type", "Palette"), ("-depth", "16"),
                        ("-monochrome",), ("-interlace", "PNG")):
            with self.subTest(options=options):
                picture = magick("png:-", *options, "png:-", data=draw(SIZE, "png"))
                result = convert(picture, "--png")
                self.assertEqual(result.size, SIZE)
                self.assertLess(get_distance(result.data, picture), 0.6)

    def test_every_kind_of_jpeg_is_read(self):
        for options in (("-type", "Grayscale"), ("-interlace", "JPEG"), ("-sampling-factor", "4:2:0"),
                        ("-sampling-factor", "4:1:1"), ("-define", "jpeg:restart-interval=2"), ("-colorspace", "CMYK")):
            with self.subTest(options=options):
                picture = magick("png:-", *options, "jpg:-", data=draw((64, 48), "png"))
                expected = magick("jpg:-", "-colorspace", "sRGB", "png:-", data=picture)
                result = convert(picture, "--png")
                self.assertEqual(result.size, (64, 48))
                self.assertLess(get_distance(result.data, expected), 8 if "CMYK" in options else 1)

    def test_qoi_of_ffmpeg_is_read_to_the_pixel(self):
        sizes = ((1, 1), (7, 3), (220, 124), (640, 480))
        kinds = (("rgb24", "testsrc2", "null"), ("rgb24", "mandelbrot", "null"), ("rgb24", "color=c=red", "null"),
                 ("rgb24", "testsrc2", "noise=alls=100"), ("rgba", "testsrc2", "format=rgba,geq=r=X:g=Y:b=X+Y:a=X*Y/9"),
                 ("rgba", "testsrc2", "format=rgba,noise=alls=60"), ("rgba", "color=c=0x10203000", "format=rgba"))
        for size in sizes:
            for pixels, source, filters in kinds:
                if source == "mandelbrot" and size[0] < 64:
                    continue
                with self.subTest(size=size, pixels=pixels, source=source, filters=filters):
                    picture = draw(size, "qoi", pixels, source, filters)
                    result = convert(picture, "--png")
                    self.assertEqual(result.size, size)
                    self.assertEqual(read_pixels(result.data, pixels="rgba"), read_pixels(picture, pixels="rgba"))

    def test_nothing_but_pixels_comes_out(self):
        words = b"52.5200N 13.4050E, somebody's workshop"
        png = magick("png:-", "-set", "comment", words.decode(), "png:-", data=draw(SIZE, "png"))
        jpeg = add_exif(draw(SIZE, "mjpeg", "yuvj420p"), 1, words)
        for picture in (png, jpeg):
            self.assertIn(words, picture)
            for options in (("--png",), ()):
                output = convert(picture, *options).data
                for trace in (words, b"Exif", b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"\xff\xe1", b"\xff\xfe"):
                    self.assertNotIn(trace, output)


class Packing(unittest.TestCase):
    def test_longer_side_is_what_was_asked_and_never_more_than_it_was(self):
        for size, side, expected in (((640, 480), 320, (320, 240)), ((480, 640), 320, (240, 320)),
                                     ((100, 7), 10, (10, 1)), ((1, 3000), 100, (1, 100)), ((64, 48), 640, (64, 48)),
                                     ((64, 48), 0, (64, 48)), ((1023, 767), 1022, (1022, 766))):
            for codec, pixels in (("png", "rgb24"), ("mjpeg", "yuvj444p"), ("qoi", "rgb24")):
                with self.subTest(size=size, side=side, codec=codec):
                    result = convert(draw(size, codec, pixels), "--max-side=%d" % side)
                    self.assertEqual(result.size, expected)

    def test_scaled_picture_looks_like_the_one_of_imagemagick(self):
        for codec, pixels in (("png", "rgb24"), ("mjpeg", "yuvj444p"), ("qoi", "rgb24")):
            picture = draw((1600, 1200), codec, pixels)
            for side in (800, 501, 400, 128):
                with self.subTest(codec=codec, side=side):
                    result = convert(picture, "--png", "--max-side=%d" % side)
                    same = draw((1600, 1200), "png")
                    expected = magick("png:-", "-filter", "Box", "-resize", "%dx%d!" % result.size, "png:-", data=same)
                    self.assertLess(get_distance(result.data, expected), 4)

    def test_picture_fits_into_the_bytes_that_were_asked(self):
        noise = draw((800, 600), "mjpeg", "yuvj444p", filters="noise=alls=80", options=("-q:v", "3"))
        last = None
        for limit in (2_000_000, 200_000, 90_000, 30_000, 5_000, 1_000):
            for options in ((), ("--png",)):
                with self.subTest(limit=limit, options=options):
                    result = convert(noise, "--max-bytes=%d" % limit, *options)
                    self.assertLessEqual(len(result.data), limit)
                    # Not smaller than need be
                    if result.size != (800, 600):
                        self.assertGreater(len(result.data), limit / 2)
                    if not options:
                        self.assertLess(len(result.data), last or 10 ** 7)
                        last = len(result.data)

    def test_quality_is_lowered_before_the_size(self):
        picture = draw((800, 600), "mjpeg", "yuvj444p", options=("-q:v", "2"))
        best = len(convert(picture).data)
        result = convert(picture, "--max-bytes=%d" % (best * 2 // 3))
        self.assertEqual(result.size, (800, 600))

    def test_what_cannot_be_made_small_enough_is_said(self):
        with self.assertRaisesRegex(Refused, "^unfit$"):
            convert(draw(SIZE, "png"), "--max-bytes=50")

    def test_square_has_the_picture_in_the_middle(self):
        for size in ((64, 48), (48, 64), (50, 50)):
            picture = draw(size, "png")
            side = max(size)
            for options, pixels, ground in ((("--png",), "rgba", "black@0"), ((), "rgb24", "black")):
                with self.subTest(size=size, options=options):
                    result = convert(picture, "--square", *options)
                    expected = read_pixels(picture, "format=rgba,pad=%d:%d:(ow-iw)/2:(oh-ih)/2:%s" % (side, side, ground),
                                           pixels)
                    self.assertEqual(result.size, (side, side))
                    difference = get_difference(read_pixels(result.data, pixels=pixels), expected)
                    self.assertLess(difference, 0.001 if "--png" in options else 8)

    def test_what_shines_through_a_jpeg_is_white(self):
        picture = draw((64, 64), "png", "rgba", filters="format=rgba,geq=r=0:g=0:b=0:a=X*4")
        pixels = read_pixels(convert(picture).data)
        for x in range(0, 64):
            self.assertAlmostEqual(pixels[3 * (64 * 32 + x)], 255 - 4 * x, delta=6)

    def test_brightness_is_the_mean_luma(self):
        for red, green, blue in ((0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (10, 20, 30)):
            row = b"\0" + bytes((red, green, blue)) * 8
            picture = make_png(8, 8, zlib.compress(row * 8))
            self.assertAlmostEqual(convert(picture).brightness, 0.299 * red + 0.587 * green + 0.114 * blue, delta=1)
        self.assertEqual(convert(make_png(8, 8, deflate_zeros(8 * 33), colour=6)).brightness, 255)
        # The ground of a square is not part of the picture.
        white = make_png(8, 80, zlib.compress((b"\0" + b"\xff" * 24) * 80))
        self.assertEqual(convert(white, "--square").brightness, 255)


if __name__ == "__main__":
    tap.main()
