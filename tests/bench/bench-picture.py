#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long octoherald-picture takes for what cameras and g-code have, beside ffmpeg and ImageMagick.

    bench-picture.py PROGRAM [--runs N]

The programs take turns; each run is a process from its start to its end. Aim: 4 megapixels flipped, turned and scaled within 150 ms.
"""

import os
import resource
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../core/pictures"))
from picture_kit import PROGRAM, convert, draw, magick  # noqa: E402

SCALED = 1280
TURN = ["--flip-horizontally", "--flip-vertically", "--rotate-left"]


def run_ffmpeg(filters, codec):
    return ["ffmpeg", "-v", "error", "-f", "image2pipe", "-i", "pipe:0", "-vf", filters, "-c:v", codec,
            "-f", "image2pipe", "pipe:1"]


def get_cases():
    """(what it is, input, our options, {name: command of another})"""
    photograph = magick("png:-", "-blur", "0x1", "-quality", "90", "jpg:-",
                        data=draw((2304, 1728), "png", source="mandelbrot", filters="noise=alls=8"))
    turned = {"ffmpeg": run_ffmpeg("hflip,vflip,transpose=2,scale=960:1280", "mjpeg"),
              "ImageMagick": ["convert", "jpg:-", "-flop", "-flip", "-rotate", "270", "-resize", "%dx%d" % (SCALED, SCALED),
                              "-strip", "jpg:-"]}
    whole = {"ffmpeg": run_ffmpeg("hflip,vflip,transpose=2", "mjpeg"),
             "ImageMagick": ["convert", "jpg:-", "-flop", "-flip", "-rotate", "270", "-strip", "jpg:-"]}
    camera = draw((640, 480), "mjpeg", "yuvj420p", filters="noise=alls=8")
    thumbnail = draw((400, 300), "qoi", "rgba")
    return (
        ("4 MP JPEG, flipped, turned, scaled", photograph, TURN + ["--max-side=%d" % SCALED], turned),
        ("4 MP JPEG, flipped, turned", photograph, TURN, whole),
        ("4 MP JPEG, into 100 kB", photograph, ["--max-bytes=100000"], {}),
        ("640×480 JPEG of a camera", camera, [], {}),
        ("640×480 JPEG, square PNG of 256", camera, ["--square", "--png", "--max-side=256"], {}),
        ("400×300 QOI of g-code, PNG", thumbnail, ["--png"], {}),
    )


def measure(command, data):
    """(seconds, seconds of processor)"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, input=data, stdout=subprocess.DEVNULL, check=True)
    elapsed = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    runs = int(sys.argv[2]) if sys.argv[1:2] == ["--runs"] else 25
    for name, data, options, others in get_cases():
        commands = {"octoherald-picture": [PROGRAM, *options], **others}
        times = {who: [] for who in commands}
        for _ in range(runs):
            for who, command in commands.items():
                times[who].append(measure(command, data))
        for who, values in times.items():
            elapsed = sorted(value[0] * 1000 for value in values)
            cpu = statistics.median(value[1] * 1000 for value in values)
            print("%-36s %-18s median %6.1f ms, 90 of 100 within %6.1f ms, processor %6.1f ms (%d runs, %d kB)"
                  % (name, who, statistics.median(elapsed), elapsed[int(runs * 0.9)], cpu, runs, len(data) // 1000))
        result = convert(data, *options)
        print("%-36s makes %d×%d, %d kB" % (name, *result.size, len(result.data) // 1000))


if __name__ == "__main__":
    main()
