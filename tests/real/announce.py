#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Announces services by mDNS until its input ends; for the Python of an OctoPrint, which has zeroconf.

    announce.py ADDRESS < SERVICES        a line of JSON: [{"type", "name", "host", "address", "port", "txt"}]
"""

import json
import socket
import sys

from zeroconf import ServiceInfo, Zeroconf


def main():
    responder = Zeroconf(interfaces=[sys.argv[1]])
    try:
        for service in json.loads(sys.stdin.readline()):
            kind = service["type"] + ".local."
            responder.register_service(ServiceInfo(
                kind, f"{service['name']}.{kind}", server=service["host"] + ".", port=service["port"],
                addresses=[socket.inet_aton(service["address"])],
                properties={key: bytes.fromhex(value) for key, value in service["txt"].items()}))
        print("ready", flush=True)
        sys.stdin.read()
    finally:
        responder.close()


if __name__ == "__main__":
    main()
