/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-reply"

#include "core/net/smtp-reply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/**
 * HeraldSmtpParser:
 *
 * Puts the replies of a mail server together (RFC 5321 4.2), however the
 * bytes arrive. After an error it is of no further use.
 */
struct _HeraldSmtpParser
{
  GString *line;
  HeraldSmtpReply *reply;
};

HeraldSmtpParser *
herald_smtp_parser_new (void)
{
  HeraldSmtpParser *self = g_new0 (HeraldSmtpParser, 1);

  self->line = g_string_new (NULL);

  return self;
}

void
herald_smtp_parser_free (HeraldSmtpParser *self)
{
  g_string_free (self->line, TRUE);
  g_clear_pointer (&self->reply, herald_smtp_reply_free);
  g_free (self);
}

static gboolean
set_nonsense (GError **error)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                       _("The server does not answer like a mail server. "
                         "Check its address and port."));

  return FALSE;
}

/* RFC 3463 2: class "." subject "." detail; the class is the first digit of the reply's code. */
static gsize
get_enhanced_length (const char *text,
                     int         code)
{
  gsize digits;
  const char *p = text;

  if (*p++ != '0' + code / 100)
    return 0;

  for (guint i = 0; i < 2; i++)
    {
      if (*p++ != '.')
        return 0;
      digits = strspn (p, "0123456789");
      if (digits < 1 || digits > 3)
        return 0;
      p += digits;
    }

  return *p == ' ' || *p == '\0' ? (gsize) (p - text) : 0;
}

/* Takes the finished line in. Sets @last if it ends the reply. */
static gboolean
take_line (HeraldSmtpParser  *self,
           gboolean          *last,
           GError           **error)
{
  const char *line = self->line->str;
  gsize length = self->line->len;
  const char *text;
  int code;

  if (length < 3 || strlen (line) != length ||
      line[0] < '2' || line[0] > '5' ||
      !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) ||
      (length > 3 && line[3] != ' ' && line[3] != '-'))
    return set_nonsense (error);

  code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (self->reply == NULL)
    {
      self->reply = g_new0 (HeraldSmtpReply, 1);
      self->reply->code = code;
      self->reply->lines = g_ptr_array_new_with_free_func (g_free);
    }
  if (code != self->reply->code || self->reply->lines->len == HERALD_SMTP_REPLY_MAX_LINES)
    return set_nonsense (error);

  text = length > 3 ? line + 4 : "";
  g_ptr_array_add (self->reply->lines, g_strdup (text));
  if (self->reply->enhanced == NULL && get_enhanced_length (text, code) > 0)
    self->reply->enhanced = g_strndup (text, get_enhanced_length (text, code));

  *last = length == 3 || line[3] == ' ';

  return TRUE;
}

/**
 * herald_smtp_parser_feed:
 * @bytes: what arrived
 * @used: (out): how many of @bytes belong to the reply; set in every case but error
 *
 * Returns: (transfer full): the reply as soon as it is complete; %NULL without
 *   error if more must come, with HERALD_ERROR_PROTOCOL if it is none
 */
HeraldSmtpReply *
herald_smtp_parser_feed (HeraldSmtpParser  *self,
                         const char        *bytes,
                         gsize              length,
                         gsize             *used,
                         GError           **error)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean last = FALSE;

      if (bytes[i] != '\n')
        {
          if (self->line->len == HERALD_SMTP_REPLY_MAX_LINE_BYTES)
            {
              set_nonsense (error);
              return NULL;
            }
          g_string_append_c (self->line, bytes[i]);
          continue;
        }

      /* A few servers end their lines by LF alone; reading them that way harms nobody. */
      if (self->line->len > 0 && self->line->str[self->line->len - 1] == '\r')
        g_string_truncate (self->line, self->line->len - 1);
      if (!take_line (self, &last, error))
        return NULL;

      g_string_truncate (self->line, 0);
      if (last)
        {
          *used = i + 1;
          return g_steal_pointer (&self->reply);
        }
    }

  *used = length;

  return NULL;
}

void
herald_smtp_reply_free (HeraldSmtpReply *self)
{
  g_free (self->enhanced);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * herald_smtp_reply_dup_text:
 *
 * Returns: (transfer full): the server's words on one line, the enhanced
 *   status code once at the start; foreign bytes
 */
char *
herald_smtp_reply_dup_text (const HeraldSmtpReply *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);

      if (i > 0)
        {
          line += get_enhanced_length (line, self->code);
          line += strspn (line, " ");
          if (*line == '\0')
            continue;
          g_string_append_c (text, ' ');
        }
      g_string_append (text, line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
