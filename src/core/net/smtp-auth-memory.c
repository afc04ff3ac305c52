/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-auth-memory"

#include "core/net/smtp-auth-memory.h"

/* Nobody has so many; a settings file that is tried and changed all day may. */
#define ACCOUNTS_MAX 100

/* Which way to log in has worked with which account. One for the process: two channels may share an account,
 * and what one has found out spares the other a refusal, of which providers count only so many. */
static GHashTable *known_ways;

static char *
make_key (const HeraldSmtpAccount *account)
{
  return g_strdup_printf ("%s:%u:%u:%s", account->host, account->port, account->security, account->user);
}

/**
 * herald_smtp_auth_memory_get:
 *
 * Returns: what has worked with @account since the program started; AUTO if nothing has
 */
HeraldSmtpAuth
herald_smtp_auth_memory_get (const HeraldSmtpAccount *account)
{
  g_autofree char *key = make_key (account);

  if (known_ways == NULL)
    return HERALD_SMTP_AUTH_AUTO;

  return (HeraldSmtpAuth) GPOINTER_TO_INT (g_hash_table_lookup (known_ways, key));
}

/**
 * herald_smtp_auth_memory_set:
 * @auth: what has worked; AUTO to forget it
 */
void
herald_smtp_auth_memory_set (const HeraldSmtpAccount *account,
                             HeraldSmtpAuth           auth)
{
  g_autofree char *key = make_key (account);

  if (known_ways == NULL)
    known_ways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (auth == HERALD_SMTP_AUTH_AUTO)
    {
      g_hash_table_remove (known_ways, key);
      return;
    }

  if (g_hash_table_size (known_ways) >= ACCOUNTS_MAX)
    g_hash_table_remove_all (known_ways);
  g_hash_table_insert (known_ways, g_steal_pointer (&key), GINT_TO_POINTER (auth));
}
