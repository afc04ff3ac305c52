/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-capabilities"

#include "core/net/smtp-capabilities.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* `AUTH LOGIN PLAIN`, and `AUTH=LOGIN PLAIN` of servers older than RFC 4954; some send both. */
static void
add_mechanisms (HeraldSmtpCapabilities *self,
                const char             *list)
{
  g_auto(GStrv) words = g_strsplit_set (list, " \t", -1);
  g_autoptr(GString) mechanisms = g_string_new (self->mechanisms);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strup (words[i], -1);

      if (*word == '\0')
        continue;
      if (mechanisms->len > 0)
        g_string_append_c (mechanisms, ' ');
      g_string_append (mechanisms, word);
    }

  g_free (self->mechanisms);
  self->mechanisms = g_string_free (g_steal_pointer (&mechanisms), FALSE);
}

static void
read_line (HeraldSmtpCapabilities *self,
           const char             *line)
{
  gsize length = strcspn (line, " \t=");
  g_autofree char *keyword = g_ascii_strup (line, (gssize) length);
  const char *parameters = line + length + strspn (line + length, " \t=");

  if (g_str_equal (keyword, "STARTTLS"))
    self->starttls = TRUE;
  else if (g_str_equal (keyword, "8BITMIME"))
    self->eight_bit_mime = TRUE;
  else if (g_str_equal (keyword, "SMTPUTF8"))
    self->smtp_utf8 = TRUE;
  else if (g_str_equal (keyword, "PIPELINING"))
    self->pipelining = TRUE;
  else if (g_str_equal (keyword, "AUTH"))
    add_mechanisms (self, parameters);
  else if (g_str_equal (keyword, "SIZE"))
    {
      self->size = TRUE;
      /* RFC 1870 4: without a number, or with 0, there is no fixed limit. */
      if (!g_ascii_string_to_unsigned (parameters, 10, 0, G_MAXUINT64, &self->size_bytes, NULL))
        self->size_bytes = 0;
    }
}

/**
 * herald_smtp_capabilities_check:
 * @size_bytes: of the message (RFC 1870)
 * @international: whether an address is more than ASCII (RFC 6531)
 *
 * Returns: whether the server can take the message; if not, @error is HERALD_ERROR_REJECTED
 */
gboolean
herald_smtp_capabilities_check (const HeraldSmtpCapabilities  *self,
                                gsize                          size_bytes,
                                gboolean                       international,
                                GError                       **error)
{
  if (self->size_bytes > 0 && size_bytes > self->size_bytes)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                         _("The message is too large for the mail server."));
  else if (international && !self->smtp_utf8)
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                         _("The mail server takes only addresses of English letters."));
  else
    return TRUE;

  return FALSE;
}

/**
 * herald_smtp_capabilities_read:
 * @reply: the server's answer to EHLO (RFC 5321 4.1.1.1)
 *
 * Forgets what was known before: after STARTTLS only the second list counts (RFC 3207 4.2).
 */
void
herald_smtp_capabilities_read (HeraldSmtpCapabilities *self,
                               const HeraldSmtpReply  *reply)
{
  herald_smtp_capabilities_clear (self);

  /* The first line is the server's name. */
  for (guint i = 1; i < reply->lines->len; i++)
    read_line (self, g_ptr_array_index (reply->lines, i));
}

void
herald_smtp_capabilities_clear (HeraldSmtpCapabilities *self)
{
  g_free (self->mechanisms);
  *self = (HeraldSmtpCapabilities) { 0 };
}
