#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches all that the suite "real" runs and has not yet, two at a time. Each test fetches what it lacks itself;
# this only is earlier, while something else has the processor. Prints what could not be had.

set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit

# The slowest first
xargs -P 2 -I{} sh -c './provision-{} > /dev/null' << 'SERVERS'
octoprint.sh 1.11.8
octoprint.sh 2.0.0rc7
headless.sh
mail-servers.sh postfix opensmtpd exim postgrey gnutls msmtp swaks
x.sh
slicer-tools.sh
smtp.sh
oauth.sh
words.sh
emoji.sh
fronts.sh
dovecot.sh
goa.sh
avahi.sh
dnsmasq.sh
SERVERS
