/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-quoted-printable"

#include "core/channels/email/email-quoted-printable.h"

/* RFC 2045 6.7 (5): with the “=” that says that the line goes on. GMime writes 77 now and then. */
#define LINE_MAX_CHARS 76

/* RFC 2045 6.7 (3): what ends a line must be seen. */
static gboolean
stays (const char *p)
{
  if (*p == ' ' || *p == '\t')
    return p[1] != '\n' && p[1] != '\0';

  return g_ascii_isgraph (*p) && *p != '=';
}

/**
 * herald_email_quoted_printable_encode:
 * @text: lines, each ended by LF
 *
 * Returns: (transfer full): the same by RFC 2045 6.7, each line still ended by LF
 */
char *
herald_email_quoted_printable_encode (const char *text)
{
  GString *encoded = g_string_new (NULL);
  gsize column = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      gsize length = stays (p) ? 1 : 3;
      gsize room = p[1] == '\n' ? LINE_MAX_CHARS : LINE_MAX_CHARS - 1;

      if (*p == '\n')
        {
          g_string_append_c (encoded, '\n');
          column = 0;
          continue;
        }
      if (column + length > room)
        {
          g_string_append (encoded, "=\n");
          column = 0;
        }
      if (length == 1)
        g_string_append_c (encoded, *p);
      else
        g_string_append_printf (encoded, "=%02X", (guchar) *p);
      column += length;
    }

  return g_string_free (encoded, FALSE);
}
