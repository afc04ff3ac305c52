#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long from the frame that tells an event to the `MAIL FROM` that tells it on.

    bench-latency.py SERVICE CTL [DEMO] [--events N]

The time before the frame is written to the printer's socket and the time when the mail server has read
the command; everything between counts, both servers' own time too. Between them an event is written
to disk and a connection opened. Events come one at a time; then 50 come at once.
"""

import argparse
import sys
import time

from bench_session import BenchSession, percentile
from latency_peers import Peers, ask_barely

KINDS = ("PrintStarted", "PrintPaused", "PrintResumed", "PrintDone")
# After an event is through: what was put down about the mail is on the disk by then.
REST_S = 0.1
N_WARM_UP = 8
N_BURST = 50
N_BARE = 100


def describe(times):
    return "n=%d p50=%.1f ms p99=%.1f ms max=%.1f ms" % (len(times), percentile(times, 50), percentile(times, 99),
                                                        max(times))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--events", type=int, default=400)
    options = parser.parse_args()
    events = [(KINDS[i % len(KINDS)], "part-%04d" % i) for i in range(N_WARM_UP + options.events + N_BURST)]
    peers = Peers()
    try:
        with BenchSession(*options.programs[:2], display=False, notifications=False) as session:
            session.ctl("channel", "disable", "desktop")
            session.add_mailbox(peers.mail_port)
            session.add_printer("Bench", "http://127.0.0.1:%d" % peers.printer_port)
            session.wait_for_printers(1, "connection", "connected")
            alone = []
            for event in events[:-N_BURST]:
                alone += peers.tell([event])[0]
                time.sleep(REST_S)
            burst, whole_ms = peers.tell(events[-N_BURST:])
            bare = [ask_barely(peers.mail_port) for _ in range(N_BARE)]
    finally:
        peers.close()

    print("event to MAIL FROM, one at a time: " + describe(alone[N_WARM_UP:]))
    print("event to MAIL FROM, %d at once, one lane: %s; all mails taken after %.0f ms"
          % (N_BURST, describe(burst), whole_ms))
    print("a bare client, connection to MAIL FROM answered: " + describe(bare))
    return 0


if __name__ == "__main__":
    sys.exit(main())
