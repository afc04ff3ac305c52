#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast mail leaves, next to others who send the same to the same server.

    bench-smtp.py SMTP-BURST SERVICE CTL [--runs N]

Postfix's smtp-source keeps one connection, as we do; Python's smtplib connects, encrypts, logs in and sends
for each message, as OctoText does (and then OctoText sleeps for a minute, which is not waited for here).
They take turns. Last, the whole service: messages handed over by octoheraldctl, each one safe on the disk before.
"""

import argparse
import concurrent.futures
import email.message
import os
import resource
import smtplib
import ssl
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "real"))

from bench_session import BenchSession, wait_until  # noqa: E402
from smtp_server import NodeSmtp, SmtpSink, provision  # noqa: E402

USER, PASSWORD = "maker@example.org", "a-long-password-77"
SIZES = ((2000, 2000), (100_000, 500))
N_TLS = 50
N_SERVICE = 1000
LONG_BYTES = 27 * 1024 * 1024
LIMIT_S = 120


class BareSink(SmtpSink):
    """Throws the mails away, so that its disk is not what is measured."""

    def prepare(self):
        command, environment = super().prepare()
        place = command.index("-d")
        del command[place:place + 2]
        self.environment = {**os.environ, **environment}
        return command, environment


def spend(call):
    """What @call returns, and the processor's seconds of the programs it runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def send_ours(program, port, count, size, *more):
    """Seconds, processor's seconds, longest time the main loop was held in ms."""
    done = subprocess.run([program, f"--port={port}", f"--count={count}", f"--size={size}", *more], check=True,
                          stdout=subprocess.PIPE, text=True, timeout=LIMIT_S)
    return tuple(map(float, done.stdout.split()))


def send_postfix(sink, count, size):
    begin = time.monotonic()
    subprocess.run([provision() / "postfix/usr/sbin/smtp-source", "-d", "-s", "1", "-m", str(count), "-l", str(size),
                    "-f", "a@example.org", "-t", "b@example.org", f"127.0.0.1:{sink.port}"],
                   env=sink.environment, check=True, timeout=LIMIT_S)
    return time.monotonic() - begin


def send_like_octotext(server, count, size):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "burst"
    message.set_content("\n".join(["X" * 76] * (size // 77)))
    context = ssl.create_default_context(cafile=server.authority)
    begin = time.monotonic()
    for _ in range(count):
        with smtplib.SMTP("localhost", server.port, timeout=LIMIT_S) as client:
            client.starttls(context=context)
            client.login(USER, PASSWORD)
            client.send_message(message)
    return time.monotonic() - begin


def median(rows, column):
    return statistics.median(row[column] for row in rows)


def describe(rows):
    """@rows: messages a second, and the processor's microseconds for each"""
    rates = [row[0] for row in rows]
    return "median %.0f/s (%.0f to %.0f), %.0f us of the processor" % (median(rows, 0), min(rates), max(rates),
                                                                      median(rows, 1))


def compare_with_postfix(program, runs):
    for title, flags in (("with PIPELINING", ()), ("without", ("-p",))):
        with BareSink(*flags) as sink:
            for size, count in SIZES:
                ours, theirs = [], []
                for _ in range(runs):
                    (took_s, *_rest), spent_s = spend(lambda: send_ours(program, sink.port, count, size))
                    ours.append((count / took_s, spent_s / count * 1e6))
                    took_s, spent_s = spend(lambda: send_postfix(sink, count, size))
                    theirs.append((count / took_s, spent_s / count * 1e6))
                print("%s, %d bytes, n=%d x %d: we %s; smtp-source %s; of its rate %.2f" %
                      (title, size, runs, count, describe(ours), describe(theirs),
                       median(ours, 0) / median(theirs, 0)), flush=True)


def compare_with_octotext(program, runs):
    with NodeSmtp("starttls", users={USER: PASSWORD}) as server:
        login = [f"--user={USER}", f"--password={PASSWORD}", f"--authority={server.authority}", "--security=starttls",
                 "--host=localhost"]
        ours, theirs = [], []
        for _ in range(runs):
            ours.append(N_TLS / send_ours(program, server.port, N_TLS, 2000, *login)[0])
            theirs.append(N_TLS / send_like_octotext(server, N_TLS, 2000))
        n_logins = len(server.records("login"))
    print("STARTTLS and login, 2000 bytes, n=%d x %d: we median %.0f/s (%.0f to %.0f), a connection for each %.1f/s "
          "(%.1f to %.1f); %d logins together" %
          (runs, N_TLS, statistics.median(ours), min(ours), max(ours), statistics.median(theirs), min(theirs), max(theirs),
           n_logins), flush=True)


def measure_long_message(program, runs):
    with BareSink() as sink:
        rows = [send_ours(program, sink.port, 1, LONG_BYTES, "--measure-loop") for _ in range(runs)]
    with NodeSmtp("tls") as server:
        encrypted = [send_ours(program, server.port, 1, LONG_BYTES, "--security=tls", "--host=localhost", "--measure-loop",
                               f"--authority={server.authority}") for _ in range(runs)]
    for title, measured in (("plain", rows), ("TLS", encrypted)):
        print("27 MiB, %s, n=%d: median %.2f s, the main loop held for at most %.2f ms of the processor's time" %
              (title, runs, statistics.median(row[0] for row in measured), max(row[2] for row in measured)), flush=True)


def drain(service, ctl):
    with SmtpSink() as sink, BenchSession(service, ctl, display=False, notifications=False) as session:
        session.ctl("channel", "disable", "desktop")
        channel = session.add_mailbox(sink.port)
        session.ctl("send", "--text", "warm-up", "--channels", channel)
        wait_until("the first mail", lambda: len(list(sink.dump_dir.glob("mail.*"))) == 1)
        begin = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda i: session.ctl("send", "--text", "message %d" % i, "--channels", channel),
                          range(N_SERVICE)))
        handed_over_s = time.monotonic() - begin
        wait_until("all mails", lambda: len(list(sink.dump_dir.glob("mail.*"))) == N_SERVICE + 1)
        print("service: %d messages handed over by as many octoheraldctl in %.1f s, all delivered after %.1f s" %
              (N_SERVICE, handed_over_s, time.monotonic() - begin), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("service")
    parser.add_argument("ctl")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    compare_with_postfix(options.program, options.runs)
    compare_with_octotext(options.program, options.runs)
    measure_long_message(options.program, options.runs)
    drain(options.service, options.ctl)
    return 0


if __name__ == "__main__":
    sys.exit(main())
