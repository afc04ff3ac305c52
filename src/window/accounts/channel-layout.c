/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-layout"

#include "window/accounts/channel-layout.h"

#include <glib/gi18n-lib.h>

static const HeraldChannelLayout layouts[] = {
  {
    "desktop", N_("Notifications"), "desktop", N_("On this desktop, with buttons."),
    { { NULL, FALSE, { "name", NULL } } },
    { NULL },
  },
  {
    "email", N_("E-mail"), "email", N_("Your address and a password are enough."),
    {
      { NULL, FALSE, { "from", "password", NULL } },
      { N_("Outgoing Mail Server"), TRUE, { "host", "port", "security", "user", NULL } },
      { N_("Who Gets It"), FALSE, { "to", "name", NULL } },
    },
    { "account", "sms", "phone", "gateway", "mms", NULL },
  },
  {
    "sms", N_("SMS"), "email", N_("By e-mail, where your phone’s carrier makes SMS of it."),
    {
      { N_("Phone"), FALSE, { "phone", "gateway", "mms", NULL } },
      { N_("Sent From"), FALSE, { "from", "password", NULL } },
      { N_("Outgoing Mail Server"), TRUE, { "host", "port", "security", "user", NULL } },
      { NULL, FALSE, { "name", NULL } },
    },
    { "account", "sms", "html", "inline-picture", "subject", "cc", "bcc", NULL },
  },
  {
    "x", N_("X (Twitter)"), "x", N_("Posts that everybody can read. X takes money for them."),
    {
      { N_("Login"), FALSE,
        { "login", "api-key", "api-secret", "access-token", "access-token-secret", "client-id", "client-secret", NULL } },
      { N_("Limits"), FALSE, { "posts-per-day", "budget-day", "budget-month", NULL } },
      { NULL, FALSE, { "name", NULL } },
    },
    { NULL },
  },
};

static const HeraldFieldCondition conditions[] = {
  { "x", "api-key", "login", "keys" },
  { "x", "api-secret", "login", "keys" },
  { "x", "access-token", "login", "keys" },
  { "x", "access-token-secret", "login", "keys" },
  { "x", "client-id", "login", "browser" },
  { "x", "client-secret", "login", "browser" },
};

const HeraldChannelLayout *
herald_channel_layout_find (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      if (g_strcmp0 (layouts[i].kind, kind) == 0)
        return &layouts[i];
    }

  return NULL;
}

/**
 * herald_channel_layout_get_nth:
 *
 * Returns: (nullable): %NULL after the last
 */
const HeraldChannelLayout *
herald_channel_layout_get_nth (guint position)
{
  return position < G_N_ELEMENTS (layouts) ? &layouts[position] : NULL;
}

gboolean
herald_channel_layout_has_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      if (g_str_equal (layouts[i].type, type))
        return TRUE;
    }

  return FALSE;
}

const HeraldFieldCondition *
herald_channel_layout_get_conditions (guint *n_conditions)
{
  *n_conditions = G_N_ELEMENTS (conditions);

  return conditions;
}
