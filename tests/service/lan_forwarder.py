#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passes on what comes to an address of the network to the same port of loopback, where servers of the tests listen.

    lan_forwarder.py ADDRESS PORT…
"""

import socket
import sys
import threading


def pump(source, destination):
    try:
        while data := source.recv(65536):
            destination.sendall(data)
        destination.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, destination):
            end.close()


def serve(address, port):
    with socket.create_server((address, port)) as listener:
        while True:
            near, _peer = listener.accept()
            try:
                far = socket.create_connection(("127.0.0.1", port), 5)
            except OSError:
                near.close()
                continue
            for ends in ((near, far), (far, near)):
                threading.Thread(target=pump, args=ends, daemon=True).start()


for number in sys.argv[2:]:
    threading.Thread(target=serve, args=(sys.argv[1], int(number))).start()
