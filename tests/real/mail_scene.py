# SPDX-License-Identifier: GPL-3.0-or-later
"""A private internet in which mail servers are described in each way there is, rightly and wrongly.

    class Something(MailScene):         has `internet` and `session`, the service in it
    main()                              in place of tap.main(): enters the network
"""

import time
import unittest

import tap
from herald_session import HeraldSession
from private_internet import ADDRESS, PrivateInternet, provision as provision_names
from private_network import enter_network
from smtp_server import provision as provision_smtp

DIRECTORY = "autoconfig.thunderbird.net"


def description(host, port=465, socket_type="SSL", user="%EMAILADDRESS%"):
    return f"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="x"><domain>x</domain><displayName>Made Mail</displayName>
<incomingServer type="imap"><hostname>imap.x</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
<outgoingServer type="smtp"><hostname>{host}</hostname><port>{port}</port><socketType>{socket_type}</socketType>
<username>{user}</username><authentication>password-cleartext</authentication></outgoingServer>
</emailProvider></clientConfig>""".encode()


def says(*arguments, **more):
    return lambda handler, _path: handler.reply(description(*arguments, **more))


def goes_to(url):
    return lambda handler, _path: handler.redirect(url)


def is_silent(_handler, _path):
    time.sleep(60)


def drips(handler, _path):
    handler.send_response(200)
    handler.end_headers()
    for byte in description("smtp.drip.example"):
        handler.wfile.write(bytes([byte]))
        time.sleep(1)


def is_large(handler, _path):
    handler.reply(description("smtp.large.example") + b"<!-- " + b"x" * 10_000_000 + b" -->")


def well_known(handler, path):
    if path.startswith("/.well-known/autoconfig/mail/config-v1.1.xml"):
        handler.reply(description("smtp.known.example", 587, "STARTTLS"))
    else:
        handler.send_error(404)


def directory(handler, path):
    if path == "/v1.1/listed.example":
        handler.reply(description("smtp.listed.example", user="%EMAILLOCALPART%"))
    else:
        handler.send_error(404)


ANSWERS = {
    "autoconfig.made.example": says("smtp.made.example"),
    "known.example": well_known,
    DIRECTORY: directory,
    "autoconfig.mailhost.example": says("smtp.mailhost.example"),
    "autoconfig.moved.example": goes_to("https://www.moved.example/mail.xml"),
    "www.moved.example": says("smtp.moved.example"),
    "autoconfig.downgraded.example": goes_to("http://www.moved.example/mail.xml"),
    "autoconfig.circle.example": goes_to("https://autoconfig.circle.example/again"),
    "autoconfig.xn--bcher-kva.example": says("smtp.bücher.example"),
    "autoconfig.forged.example": says("smtp.forged.example"),
    "autoconfig.silent.example": is_silent,
    "autoconfig.drip.example": drips,
    "autoconfig.large.example": is_large,
    "autoconfig.spaces.example": says("smtp spaces.example"),
    "autoconfig.zero.example": says("smtp.zero.example", 0),
    "autoconfig.high.example": says("smtp.high.example", 70000),
    "autoconfig.plain.example": says("smtp.plain.example", 25, "plain"),
    "autoconfig.html.example": lambda handler, _path: handler.reply(b"<html><p>Welcome</html>", "text/html"),
    "autoconfig.inside.example": says("smtp.inside.example"),
}

NAMES = [
    *[f"host-record={name},{ADDRESS}" for name in ANSWERS if "inside" not in name],
    "host-record=autoconfig.inside.example,127.0.0.1",
    "mx-host=workshop.example,aspmx.l.google.com,1",
    "mx-host=office.example,office-example.mail.protection.outlook.com,1",
    "mx-host=hosted.example,mx2.nowhere.example,20",
    "mx-host=hosted.example,mx1.mailhost.example,10",
    "srv-host=_submissions._tcp.srv.example,mail.srv.example,465,0",
    "srv-host=_submission._tcp.srv.example,mail.srv.example,587,0",
    "srv-host=_submissions._tcp.moving.example,mail.srv.example,465,0",
    "srv-host=_submission._tcp.old.example,mail.old.example,588,0",
    "srv-host=_submissions._tcp.made.example,wrong.made.example,465,0",
    "srv-host=_submissions._tcp.silent.example,mail.silent.example,465,0",
    "srv-host=_submissions._tcp.none.example",
    "host-record=smtp.made.example,127.0.0.1",
    "host-record=smtp.gmail.com,127.0.0.1",
]


class MailScene(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.internet = cls.enterClassContext(PrivateInternet(ANSWERS, untrusted={"autoconfig.forged.example"}))
        cls.internet.names.write(*NAMES)
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))


def main():
    # While the network is the real one
    provision_names()
    provision_smtp()
    enter_network()
    tap.main()
