/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-message"

#include "core/channels/email/email-message.h"

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/channels/email/email-body.h"
#include "core/channels/email/email-head.h"

/* RFC 6761: a name that never is a domain, for a sender that has none. */
#define FALLBACK_DOMAIN "octoherald.invalid"

/* RFC 5321 4.5.3.1.3, without the angle brackets */
#define ADDRESS_MAX_BYTES 254

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddressList, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)

static void
ensure_gmime (void)
{
  static gsize initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      g_mime_init ();
      g_once_init_leave (&initialized, 1);
    }
}

/* (nullable): groups have members, not an address; nobody types them. Nor does anybody type what begins a new line, or
 * what looks like an encoded word, which some would decode. */
static const char *
get_bare_address (InternetAddress *address)
{
  const char *bare = INTERNET_ADDRESS_IS_MAILBOX (address)
                       ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address))
                       : NULL;
  g_autofree char *clean = herald_text_clean (bare, G_MAXSIZE);

  if (bare == NULL || strlen (bare) > ADDRESS_MAX_BYTES || !g_str_equal (bare, clean) || strstr (bare, "=?") != NULL)
    return NULL;

  return bare;
}

/**
 * herald_email_message_dup_addresses:
 * @list: (nullable): addresses as people type them, with or without names, separated by commas
 *
 * Returns: (transfer full) (array zero-terminated=1): the bare addresses, each once
 */
char **
herald_email_message_dup_addresses (const char *list)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(InternetAddressList) addresses = NULL;

  ensure_gmime ();
  addresses = list != NULL ? internet_address_list_parse (NULL, list) : NULL;
  for (int i = 0; addresses != NULL && i < internet_address_list_length (addresses); i++)
    {
      const char *bare = get_bare_address (internet_address_list_get_address (addresses, i));

      if (bare != NULL && g_hash_table_add (seen, g_utf8_casefold (bare, -1)))
        g_strv_builder_add (builder, bare);
    }

  return g_strv_builder_end (builder);
}

/* (nullable): nothing but what is in every name of a domain: it stands between angle brackets. */
static char *
dup_domain (const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *ascii = at != NULL && at[1] != '\0' ? g_hostname_to_ascii (at + 1) : NULL;

  for (const char *p = ascii; p != NULL && *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
        return NULL;
    }

  return g_steal_pointer (&ascii);
}

/**
 * herald_email_message_dup_id:
 * @key: letters and digits
 * @from: an address, whose domain it gets
 *
 * Returns: (transfer full): an id as in Message-ID, without angle brackets
 */
char *
herald_email_message_dup_id (const char *key,
                             const char *from)
{
  g_autofree char *domain = dup_domain (from);

  return g_strdup_printf ("%s@%s", key, domain != NULL ? domain : FALLBACK_DOMAIN);
}

/**
 * herald_email_message_dup_message_id:
 *
 * Returns: (transfer full): the Message-ID without angle brackets; the same at every attempt
 */
char *
herald_email_message_dup_message_id (const HeraldEmailHeader *header)
{
  return herald_email_message_dup_id (header->key, header->from);
}

gboolean
herald_email_message_names_print (HeraldMessage           *message,
                                  const HeraldEmailHeader *header)
{
  return header->names_print && header->thread != NULL && message->file != NULL && *message->file != '\0';
}

/**
 * herald_email_message_write:
 * @attachment: (nullable): a picture or a film, with its bytes; phones get none
 * @header: who writes to whom; addresses come from the settings only, never from a printer
 *
 * Writes the message (RFC 5322, MIME). The same arguments give the same bytes,
 * so that a mail that is sent again is the same mail. May be called in any thread.
 *
 * Returns: (transfer full): the message, or %NULL with HERALD_ERROR_SETTINGS
 */
GBytes *
herald_email_message_write (HeraldMessage            *message,
                            HeraldAttachment         *attachment,
                            const HeraldEmailHeader  *header,
                            GError                  **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *head = NULL;

  ensure_gmime ();
  head = herald_email_head_dup_text (message, header);
  g_byte_array_append (bytes, (const guint8 *) head, (guint) strlen (head));
  if (!herald_email_body_append (bytes, message, attachment, header))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The message could not be written"));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
