/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-steps"

#include "core/channels/email/email-steps.h"

#include <glib/gi18n-lib.h>

#include "core/channels/email/email-settings.h"

#define START \
  { "start", N_("Make the message ready"), \
    N_("Check the settings of this channel, and whether its password is stored.") }
#define CONNECT \
  { "connect", N_("Reach the mail server"), \
    N_("Check the name of the server (“host”) and the port, and whether this computer is online.") }
#define TLS \
  { "tls", N_("Encrypt the connection"), \
    N_("Check “security” and “port”: 465 goes with tls, 587 with starttls. If the server is your own, and its " \
       "certificate too, “certificate” makes it trusted.") }
#define GREETING \
  { "greeting", N_("Be let in by the server"), \
    N_("Check the port. If it is right, wait some minutes and test again; if it stays so, ask your provider.") }
#define LOGIN \
  { "login", N_("Log in"), \
    N_("Check user name and password. Many providers want an app password, which you create on their web page.") }
#define SENDER \
  { "sender", N_("Have the sender accepted"), \
    N_("Use the address of this mail account as the sender (“from”).") }
#define RECIPIENT \
  { "recipient", N_("Have the recipient accepted"), \
    N_("Look for typing mistakes in the recipient’s address.") }
#define DATA \
  { "data", N_("Hand over the message"), \
    N_("Ask your provider how large a message may be, and how many you may send in a day.") }
#define COMMITTING \
  { "committing", N_("Have it confirmed"), \
    N_("If the server refused it, ask your provider why. If it gave no answer, look whether the message has arrived.") }
#define END { NULL, NULL, NULL }

const HeraldChannelStep herald_email_steps[] = {
  START, CONNECT, TLS, GREETING, LOGIN, SENDER, RECIPIENT, DATA, COMMITTING, END,
};

static const HeraldChannelStep starttls_steps[] = {
  START, CONNECT, GREETING, TLS, LOGIN, SENDER, RECIPIENT, DATA, COMMITTING, END,
};

static const HeraldChannelStep plain_steps[] = {
  START, CONNECT, GREETING, LOGIN, SENDER, RECIPIENT, DATA, COMMITTING, END,
};

/**
 * herald_email_steps_get:
 *
 * Returns: (transfer none) (array zero-terminated=1): what a message goes through, in the order of this channel’s
 *   connection
 */
const HeraldChannelStep *
herald_email_steps_get (HeraldChannel *channel)
{
  switch (herald_email_settings_get_security (channel))
    {
    case HERALD_SMTP_STARTTLS:
      return starttls_steps;
    case HERALD_SMTP_PLAIN:
      return plain_steps;
    case HERALD_SMTP_TLS:
    default:
      return herald_email_steps;
    }
}
