/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-html"

#include "core/channels/email/email-html.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"

/* Wide enough for a column of text beside nothing, and no wider than what a phone is turned to read */
#define PICTURE_MAX_WIDTH 640

/* No colour is named, so that a reader who has it dark has it dark; nothing is fetched from anywhere. */

/* GLib writes “&apos;”, which HTML 4 does not know, and so neither does Outlook. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '&')
        g_string_append (escaped, "&amp;");
      else if (*p == '<')
        g_string_append (escaped, "&lt;");
      else if (*p == '>')
        g_string_append (escaped, "&gt;");
      else if (*p == '"')
        g_string_append (escaped, "&quot;");
      else
        g_string_append_c (escaped, *p);
    }

  return g_string_free (escaped, FALSE);
}

/* Blank lines part paragraphs; a single end of a line stays one. */
static void
append_paragraphs (GString    *html,
                   const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_open = FALSE;

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *escaped = escape (*line);

      if (*escaped == '\0')
        {
          g_string_append (html, is_open ? "</p>\n" : "");
          is_open = FALSE;
          continue;
        }
      g_string_append (html, is_open ? "<br>\n" : "<p>");
      g_string_append (html, escaped);
      is_open = TRUE;
    }
  g_string_append (html, is_open ? "</p>\n" : "");
}

/* Outlook heeds the numbers only, phones the style only. */
static void
append_picture (GString          *html,
                HeraldAttachment *picture,
                const char       *title,
                const char       *content_id)
{
  guint width = MIN (picture->width, PICTURE_MAX_WIDTH);

  g_string_append_printf (html, "<p><img src=\"cid:%s\" alt=\"%s\"", content_id, title);
  if (width > 0)
    g_string_append_printf (html, " width=\"%u\"", width);
  g_string_append (html, " style=\"max-width: 100%; height: auto\"></p>\n");
}

/**
 * herald_email_html_write:
 * @title: what has happened
 * @text: what is told; clean, may have several lines
 * @picture: (nullable): is shown after the text
 * @content_id: of @picture
 *
 * Returns: (transfer full): a page that says no more than the plain text does
 */
char *
herald_email_html_write (const char       *title,
                         const char       *text,
                         HeraldAttachment *picture,
                         const char       *content_id)
{
  g_autofree char *clean = herald_text_clean (title, G_MAXSIZE);
  g_autofree char *heading = escape (clean);
  GString *html = g_string_new ("<!DOCTYPE html>\n");

  g_string_append_printf (html,
                          "<html lang=\"%s\" dir=\"auto\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"color-scheme\" content=\"light dark\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n"
                          "<title>%s</title>\n</head>\n"
                          "<body style=\"font-family: sans-serif\">\n",
                          /* Translators: the code of the language you translate into, e.g. “de” */
                          C_ ("language", "en"), heading);
  if (*heading != '\0')
    g_string_append_printf (html, "<h1 style=\"font-size: 1.2em\">%s</h1>\n", heading);
  append_paragraphs (html, text);
  if (picture != NULL)
    append_picture (html, picture, heading, content_id);
  g_string_append (html, "</body>\n</html>");

  return g_string_free (html, FALSE);
}
