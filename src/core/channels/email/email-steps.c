/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-steps"

#include "core/channels/email/email-steps.h"

#include <glib/gi18n-lib.h>

#include "core/channels/email/email-settings.h"

#define START \
  { "start", N_("Make the message ready"), \
    N_("Check the settings of this channel, and whether its password is stored.") }
#define START_ACCOUNT \
  { "start", N_("Make the message ready"), \
    N_("Open Settings → Online Accounts: the account must be there and signed in, with Mail switched on.") }
#define CONNECT \
  { "connect", N_("Reach the mail server"), \
    N_("Check the name of the server (“host”) and the port, and whether this computer is online.") }
#define CONNECT_ACCOUNT \
  { "connect", N_("Reach the mail server"), \
    N_("Check whether this computer is online, and whether web pages open: a hotel or a firewall may stand between.") }
#define TLS \
  { "tls", N_("Encrypt the connection"), \
    N_("Check “security” and “port”: 465 goes with tls, 587 with starttls. If the server is your own, and its " \
       "certificate too, “certificate” makes it trusted.") }
#define TLS_ACCOUNT \
  { "tls", N_("Encrypt the connection"), \
    N_("Open Settings → Online Accounts and look at the encryption of the outgoing server. If the server is your own, and " \
       "its certificate too, “certificate” makes it trusted.") }
#define GREETING \
  { "greeting", N_("Be let in by the server"), \
    N_("Check the port. If it is right, wait some minutes and test again; if it stays so, ask your provider.") }
#define LOGIN \
  { "login", N_("Log in"), \
    N_("Check user name and password. Many providers want an app password, which you create on their web page.") }
#define LOGIN_ACCOUNT \
  { "login", N_("Log in"), \
    N_("Open Settings → Online Accounts and sign in again.") }
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
#define COMMITTING_GRAPH \
  { "committing", N_("Hand over the message"), \
    N_("Do what the answer of Microsoft says. If there was none, look whether the message has arrived.") }
#define AFTER_LOGIN SENDER, RECIPIENT, DATA, COMMITTING
#define END { NULL, NULL, NULL }
#define STEPS_MAX 10

/* In the order of the connection */
static const HeraldChannelStep server_steps[][STEPS_MAX] = {
  [HERALD_SMTP_TLS] = { START, CONNECT, TLS, GREETING, LOGIN, AFTER_LOGIN, END },
  [HERALD_SMTP_STARTTLS] = { START, CONNECT, GREETING, TLS, LOGIN, AFTER_LOGIN, END },
  [HERALD_SMTP_PLAIN] = { START, CONNECT, GREETING, LOGIN, AFTER_LOGIN, END },
};

/* The same, by an account of the desktop, which brings its server along */
static const HeraldChannelStep account_steps[][STEPS_MAX] = {
  [HERALD_SMTP_TLS] = { START_ACCOUNT, CONNECT_ACCOUNT, TLS_ACCOUNT, GREETING, LOGIN_ACCOUNT, AFTER_LOGIN, END },
  [HERALD_SMTP_STARTTLS] = { START_ACCOUNT, CONNECT_ACCOUNT, GREETING, TLS_ACCOUNT, LOGIN_ACCOUNT, AFTER_LOGIN, END },
  [HERALD_SMTP_PLAIN] = { START_ACCOUNT, CONNECT_ACCOUNT, GREETING, LOGIN_ACCOUNT, AFTER_LOGIN, END },
};

/* One request has it all: the encryption and the token, sender, recipient and message. */
static const HeraldChannelStep graph_steps[] = { START_ACCOUNT, CONNECT_ACCOUNT, COMMITTING_GRAPH, END };

/**
 * herald_email_steps_choose:
 * @route: (nullable): %NULL as long as none was found
 *
 * Returns: (transfer none) (array zero-terminated=1): what a message of @channel goes through on @route
 */
const HeraldChannelStep *
herald_email_steps_choose (HeraldChannel          *channel,
                           const HeraldEmailRoute *route)
{
  if (herald_channel_get_setting (channel, "account") == NULL)
    return server_steps[herald_email_settings_get_security (channel)];
  if (route != NULL && route->smtp == NULL)
    return graph_steps;

  return account_steps[route != NULL ? route->smtp->security : HERALD_SMTP_TLS];
}
