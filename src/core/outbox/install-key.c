/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-install-key"

#include "core/outbox/install-key.h"

#include <sys/random.h>

#include <glib/gi18n-lib.h>

#define INSTALL_KEY_BYTES 32

/* 128 bits: letters and digits that fit into a Message-ID and any Idempotency-Key header */
#define KEY_CHARS 32

/**
 * herald_install_key_load:
 *
 * Returns: (transfer full): 32 random bytes, made once for each database; %NULL with a G_IO_ERROR
 */
GBytes *
herald_install_key_load (HeraldDatabase  *database,
                         GError         **error)
{
  static const char select[] = "SELECT value FROM meta WHERE name='install-key'";
  guint8 fresh[INSTALL_KEY_BYTES];
  g_autoptr(GError) problem = NULL;
  g_autoptr(GBytes) bytes = NULL;
  sqlite3_stmt *rows = herald_database_select (database, &problem, select, "");

  if (herald_database_next (database, rows, &problem))
    {
      bytes = g_bytes_new (sqlite3_column_blob (rows, 0), (gsize) sqlite3_column_bytes (rows, 0));
      sqlite3_reset (rows);
      return g_steal_pointer (&bytes);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (getrandom (fresh, sizeof fresh, 0) != sizeof fresh)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("This computer gives no random numbers."));
      return NULL;
    }

  bytes = g_bytes_new (fresh, sizeof fresh);
  if (!herald_database_run (database, error,
                            "INSERT INTO meta(name,value) VALUES('install-key',?1)", "b", bytes))
    return NULL;

  return g_steal_pointer (&bytes);
}

static char *
make_digits (GBytes     *install_key,
             const char *text)
{
  gsize n_bytes = 0;
  const guchar *bytes = g_bytes_get_data (install_key, &n_bytes);
  g_autofree char *digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, bytes, n_bytes, text, -1);

  return g_strndup (digest, KEY_CHARS);
}

/**
 * herald_install_key_derive:
 * @dedupe: what makes the event the same event
 * @channel: id of a channel
 * @destination: one of its destinations
 *
 * Derives what marks all copies of one delivery as the same, and those of no
 * other; it can be derived again when the database is lost.
 *
 * Returns: (transfer full): 32 hexadecimal digits of an HMAC-SHA256 (RFC 2104)
 */
char *
herald_install_key_derive (GBytes     *install_key,
                           const char *dedupe,
                           const char *channel,
                           const char *destination)
{
  g_autofree char *text = g_strdup_printf ("%s|%s|%s", dedupe, channel, destination);

  return make_digits (install_key, text);
}

/**
 * herald_install_key_derive_thread:
 * @printer: (nullable): id of a printer
 * @job: what its messages of one print share
 * @channel: id of a channel
 *
 * Derives what marks the messages of one print as one conversation: nothing must be remembered for it.
 *
 * Returns: (transfer full): 32 hexadecimal digits of an HMAC-SHA256 (RFC 2104)
 */
char *
herald_install_key_derive_thread (GBytes     *install_key,
                                  const char *printer,
                                  const char *job,
                                  const char *channel)
{
  g_autofree char *text = g_strdup_printf ("thread|%s|%s|%s", printer != NULL ? printer : "", channel, job);

  return make_digits (install_key, text);
}
