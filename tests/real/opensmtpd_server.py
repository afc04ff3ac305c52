# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenSMTPD, as its package would install it, on loopback.

    with OpenSmtpdServer() as opensmtpd:
        opensmtpd.ports["plain"]
        opensmtpd.mails()

Without encryption, and so without login: that of Debian 12 fails at every handshake, whoever calls.

The address says what happens to a mail; see CONFIGURATION below.
"""

from unpacked_server import DOMAIN, UnpackedServer

CONFIGURATION = r"""
smtp max-message-size 100K
table mailboxes file:/etc/smtpd/mailboxes
filter later phase rcpt-to match rcpt-to regex "^later@" reject "450 4.7.1 Greylisted, try again in 300 seconds"
filter busy phase rcpt-to match rcpt-to regex "^busy@" reject "450 4.7.0 Too many messages, slow down"
filter drop phase rcpt-to match rcpt-to regex "^drop@" disconnect "421 4.7.1 You are not wanted here"
filter stranger phase mail-from match mail-from regex "^stranger@" reject "550 5.7.1 That is not your address"
filter faults chain {{ later, busy, drop, stranger }}
listen on 127.0.0.1 port {plain} filter faults hostname mx.{domain}
action keep maildir "{folder}/mails/%{{rcpt.user}}" virtual <mailboxes>
match from any for domain {domain} action keep
"""


class OpenSmtpdServer(UnpackedServer):
    """OpenSMTPD with its own filters and mail delivered to Maildirs."""

    PACKAGE = "opensmtpd"
    PORTS = ("plain",)
    USERS = {"opensmtpd": 892, "opensmtpq": 893}

    def configure(self):
        self.place("smtpd.conf", CONFIGURATION.format(folder=self.folder, domain=DOMAIN, **self.ports), 0o600)
        self.place("smtpd/mailboxes", "".join(f"{name} nobody\n" for name in ("ben", "slow", "spam", "filter")))

    def command(self):
        return ["sh", "-ec", "mkdir -p /var/lib/opensmtpd/empty; mkdir -m 711 /var/spool/smtpd; "
                "exec /usr/sbin/smtpd -d -f /etc/smtpd.conf"]
