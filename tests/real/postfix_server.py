# SPDX-License-Identifier: GPL-3.0-or-later
"""Postfix for submission, as its package would install it, on loopback; passwords are Cyrus SASL's.

    with PostfixServer(policy=postgrey.port) as postfix:
        postfix.ports["starttls"], postfix.ports["greylisted"], postfix.ports["limited"]
        postfix.mails()

The address says what happens to a mail; see MAIN below.
"""

import os
import subprocess

from unpacked_server import DOMAIN, PASSWORD, USER, UnpackedServer, provision

MAIN = r"""
compatibility_level = 3.6
myhostname = mx.{domain}
mydestination =
mynetworks_style = host
inet_interfaces = loopback-only
inet_protocols = ipv4
maillog_file = /dev/stdout
maillog_file_prefixes = /dev
message_size_limit = 102400
smtputf8_enable = yes
virtual_mailbox_domains = {domain} bücher.example xn--bcher-kva.example
virtual_mailbox_base = {folder}/mails
virtual_mailbox_maps = regexp:{{ {{!/^nobody@/ all/}} }}
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 100
smtpd_tls_cert_file = {folder}/good.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_auth_only = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = /etc/postfix/sasl
smtpd_sasl_local_domain = {domain}
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sender_login_maps = regexp:{{ {{/^stranger@/ somebody}}, {{/^ada@/ {user} }} }}
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_recipient_restrictions = check_recipient_access regexp:{{
  {{/^later@/ 450 4.7.1 Greylisted, try again in 300 seconds}},
  {{/^busy@/ 450 4.7.0 Too many messages, slow down}},
  {{/^drop@/ 521 5.7.1 You are not wanted here}},
  {{/^slow@/ sleep 2}}
  }}
smtpd_end_of_data_restrictions = check_recipient_access regexp:{{
  {{/^spam@/ 550 5.7.1 This looks like spam}},
  {{/^filter@/ 450 4.3.0 The content filter is away}}
  }}
smtpd_client_event_limit_exceptions =
"""

MASTER = """
{tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
{starttls} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
{plain} inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=no -o smtpd_relay_restrictions=permit_mynetworks,reject -o smtpd_sender_restrictions=
{limited} inet n - n - - smtpd -o smtpd_client_message_rate_limit=1 -o smtpd_relay_restrictions=permit_mynetworks,reject -o smtpd_sender_restrictions=
{greylisted} inet n - n - - smtpd -o smtpd_relay_restrictions=permit_mynetworks,reject -o smtpd_recipient_restrictions=check_policy_service,inet:127.0.0.1:{policy},permit -o smtpd_sender_restrictions=
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
scache unix - - n - 1 scache
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
"""

SASL = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/sasldb
mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256
"""

BEGIN = """
mkdir /var/lib/postfix /var/spool/postfix
chown postfix /var/lib/postfix
postfix check
exec /usr/lib/postfix/sbin/master -d -c /etc/postfix
"""


class PostfixServer(UnpackedServer):
    """Postfix with master, all its usual services and mail delivered to one Maildir."""

    PACKAGE = "postfix"
    PORTS = ("tls", "starttls", "plain", "limited", "greylisted")
    USERS = {"postfix": 890, "postdrop": 889}

    def __init__(self, policy=0):
        super().__init__()
        self.policy = policy

    def configure(self):
        words = {"folder": self.folder, "domain": DOMAIN, "user": USER, "policy": self.policy, **self.ports}
        self.place("postfix/main.cf", MAIN.format(**words))
        self.place("postfix/master.cf", MASTER.format(**words))
        self.place("postfix/sasl/smtpd.conf", SASL.format(**words))
        self._add_user()

    def _add_user(self):
        root = provision(self.PACKAGE)
        program = root / "usr/sbin/saslpasswd2"
        libraries = os.pathsep.join(map(str, root.glob("usr/lib/*-linux-gnu")))
        name, _at, domain = USER.partition("@")
        subprocess.run([program, "-p", "-c", "-f", self.folder / "sasldb", "-u", domain, name], input=PASSWORD, text=True,
                       env={**os.environ, "LD_LIBRARY_PATH": libraries,
                            "SASL_PATH": os.pathsep.join(map(str, root.glob("usr/lib/*-linux-gnu/sasl2")))},
                       stdout=subprocess.DEVNULL, check=True, timeout=20)
        (self.folder / "sasldb").chmod(0o644)

    def command(self):
        return ["sh", "-ec", BEGIN]
