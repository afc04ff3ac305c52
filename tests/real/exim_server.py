# SPDX-License-Identifier: GPL-3.0-or-later
"""Exim, as its package would install it, on loopback.

    with EximServer() as exim:
        exim.ports["starttls"]
        exim.mails()

The address says what happens to a mail; see ACL below.
"""

from unpacked_server import DOMAIN, PASSWORD, USER, UnpackedServer

CONFIGURATION = r"""
primary_hostname = mx.example.org
log_file_path = {folder}/log-%slog
local_interfaces = 127.0.0.1
daemon_smtp_ports = {tls} : {starttls} : {plain}
tls_on_connect_ports = {tls}
tls_advertise_hosts = ${{if eq{{$received_port}}{{{starttls}}}{{*}}}}
tls_certificate = {folder}/good.pem
tls_privatekey = {folder}/exim-key.pem
auth_advertise_hosts = ${{if or{{{{def:tls_in_cipher}}{{eq{{$received_port}}{{{plain}}}}}}}{{*}}}}
smtputf8_advertise_hosts = *
message_size_limit = 100K
never_users =
disable_ipv6 = true
host_lookup =
rfc1413_query_timeout = 0s
acl_smtp_mail = check_sender
acl_smtp_rcpt = check_recipient
acl_smtp_data = check_content

begin acl

check_sender:
  deny    message = 5.7.1 <$sender_address>: not your address
          senders = stranger@{domain}
  accept

check_recipient:
  deny    message = 5.7.0 Log in first
          !authenticated = *
          condition = ${{if !eq{{$received_port}}{{{plain}}}}}
  defer   message = 4.7.1 Greylisted, try again in 300 seconds
          local_parts = later
  deny    message = 5.1.1 There is no such mailbox
          local_parts = nobody
  defer   message = 4.7.0 Too many messages, slow down
          local_parts = busy
  drop    message = 5.7.1 You are not wanted here
          local_parts = drop
  accept  local_parts = slow
          delay = 2s
  accept

check_content:
  deny    message = 5.7.1 This looks like spam
          condition = ${{if eq{{$recipients}}{{spam@{domain}}}}}
  defer   message = 4.3.0 The content filter is away
          condition = ${{if eq{{$recipients}}{{filter@{domain}}}}}
  accept

begin routers

mailbox:
  driver = accept
  transport = mailbox

begin transports

mailbox:
  driver = appendfile
  directory = {folder}/mails
  maildir_format
  user = Debian-exim
  group = Debian-exim

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2

login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = ${{if and{{{{eq{{$auth1}}{{{user}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_set_id = $auth1

cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{if eq{{$auth1}}{{{user}}}{{{password}}}fail}}
  server_set_id = $auth1
"""


class EximServer(UnpackedServer):
    """Exim 4; its mails lie in one Maildir."""

    PACKAGE = "exim"
    USERS = {"Debian-exim": 891}

    def configure(self):
        # Within ${…} a backslash and a brace would be read.
        password = PASSWORD.replace("\\", "\\\\")
        text = CONFIGURATION.format(folder=self.folder, domain=DOMAIN, user=USER, password=password, **self.ports)
        self.place("exim4/exim4.conf", text)

    def command(self):
        # Exim reads the key as its own user
        return ["sh", "-ec", 'cp "$1/key.pem" "$1/exim-key.pem"; chown Debian-exim "$1/exim-key.pem" "$1/mails" "$1"; '
                'mkdir /var/spool/exim4 /var/log/exim4; chown Debian-exim /var/spool/exim4 /var/log/exim4; '
                'exec /usr/sbin/exim4 -bdf -q1h', "sh", self.folder]
