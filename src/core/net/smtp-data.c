/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-data"

#include "core/net/smtp-data.h"

#include <string.h>

/**
 * herald_smtp_data_init:
 * @message: a message with line ends of any kind
 *
 * Makes the line ends CRLF and then doubles the dots at the start of lines (RFC 5321 4.5.2). In
 * this order, and without exception: a server that takes a lone LF or CR for a line end would
 * otherwise see an end of the message where there is none (CVE-2023-51764 and its kin).
 */
void
herald_smtp_data_init (HeraldSmtpData *self,
                       const char     *message,
                       gsize           length)
{
  GByteArray *wire = g_byte_array_sized_new ((guint) (length + length / 16 + 16));
  gsize n_stuffed = 0;
  gboolean line_start = TRUE;
  gboolean in_header = TRUE;

  *self = (HeraldSmtpData) { 0 };

  for (gsize i = 0; i < length; i++)
    {
      guint8 c = (guint8) message[i];

      if (c == '\r' || c == '\n')
        {
          if (c == '\r' && i + 1 < length && message[i + 1] == '\n')
            i++;
          in_header = in_header && !line_start;
          line_start = TRUE;
          g_byte_array_append (wire, (const guint8 *) "\r\n", 2);
          continue;
        }

      /* RFC 5321 4.5.2 knows no NUL in a message. */
      if (c == '\0')
        continue;

      if (line_start && c == '.')
        {
          g_byte_array_append (wire, &c, 1);
          n_stuffed++;
        }
      line_start = FALSE;
      if (c >= 0x80 && in_header)
        self->header_utf8 = TRUE;
      else if (c >= 0x80)
        self->body_8bit = TRUE;
      g_byte_array_append (wire, &c, 1);
    }

  /* HERALD_SMTP_DATA_END brings the last line's end. */
  if (wire->len >= 2 && line_start)
    g_byte_array_set_size (wire, wire->len - 2);

  self->size_bytes = wire->len - n_stuffed + 2;
  self->wire = g_byte_array_free_to_bytes (wire);
}

void
herald_smtp_data_clear (HeraldSmtpData *self)
{
  g_clear_pointer (&self->wire, g_bytes_unref);
}
