/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-help-inline"

#include "window/help/help-inline.h"

#include <gtk/gtk.h>
#include <string.h>

#include "window/help/help-topics.h"

/* UAX #9, revision 48, 2.4 and 2.5 */
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define POP_DIRECTIONAL_ISOLATE "\u2069"

static void append_all (GString    *markup,
                        const char *text,
                        gsize       length);

static void
append_escaped (GString    *markup,
                const char *text,
                gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (markup, escaped);
}

/* In Hebrew or Arabic “{file}” and “\:” would turn around. The marks are outside of the code, so that who copies it has the code
 * alone. */
static void
append_code (GString    *markup,
             const char *code,
             gsize       length)
{
  gboolean is_isolated = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  g_string_append (markup, is_isolated ? LEFT_TO_RIGHT_ISOLATE "<tt>" : "<tt>");
  append_escaped (markup, code, length);
  g_string_append (markup, is_isolated ? "</tt>" POP_DIRECTIONAL_ISOLATE : "</tt>");
}

/* @mark: what ends it; @element: (nullable): %NULL for code. Returns: how much of @text it was; 0 if it is none */
static gsize
append_between (GString    *markup,
                const char *text,
                gsize       length,
                const char *mark,
                const char *element)
{
  gsize width = strlen (mark);
  const char *end;

  if (length <= 2 * width || strncmp (text, mark, width) != 0 || text[width] == ' ')
    return 0;
  end = g_strstr_len (text + width, (gssize) (length - width), mark);
  if (end == NULL || end == text + width)
    return 0;

  if (element == NULL)
    append_code (markup, text + width, (gsize) (end - text) - width);
  else
    {
      g_string_append_printf (markup, "<%s>", element);
      append_all (markup, text + width, (gsize) (end - text) - width);
      g_string_append_printf (markup, "</%s>", element);
    }

  return (gsize) (end - text) + width;
}

/* Pages call each other by their files, as is of use where they lie. A person is told what the page is called. */
static char *
dup_link_words (const char *words,
                const char *target)
{
  g_autofree char *page = NULL;
  char *title = NULL;

  if (g_str_has_suffix (words, ".md") && g_str_has_prefix (target, words))
    {
      page = g_strndup (words, strlen (words) - strlen (".md"));
      title = herald_help_topics_dup_title (page);
    }

  return title != NULL ? title : g_strdup (words);
}

/* “[words](target)”; of a picture in the middle of a text only its words. Within a link there is no other. */
static gsize
append_link (GString    *markup,
             const char *text,
             gsize       length)
{
  gboolean is_picture = *text == '!';
  const char *begin = text + (is_picture ? 1 : 0);
  const char *middle = g_strstr_len (begin, (gssize) (length - (gsize) (begin - text)), "](");
  const char *end = NULL;
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *target = NULL;
  g_autofree char *link = NULL;

  if (*begin != '[' || middle == NULL)
    return 0;
  end = memchr (middle, ')', length - (gsize) (middle - text));
  if (end == NULL)
    return 0;

  words = g_strndup (begin + 1, (gsize) (middle - begin) - 1);
  target = g_strndup (middle + 2, (gsize) (end - middle) - 2);
  shown = dup_link_words (words, target);
  link = is_picture ? g_markup_escape_text (shown, -1) : g_markup_printf_escaped ("<a href=\"%s\">%s</a>", target, shown);
  g_string_append (markup, link);

  return (gsize) (end - text) + 1;
}

/* “<https://…>” */
static gsize
append_address (GString    *markup,
                const char *text,
                gsize       length)
{
  const char *end = memchr (text, '>', length);
  g_autofree char *address = NULL;

  if (end == NULL || strncmp (text, "<http", strlen ("<http")) != 0)
    return 0;

  address = g_markup_escape_text (text + 1, end - text - 1);
  g_string_append_printf (markup, "<a href=\"%s\">%s</a>", address, address);

  return (gsize) (end - text) + 1;
}

static gsize
append_next (GString    *markup,
             const char *text,
             gsize       length)
{
  gsize taken = 0;

  switch (*text)
    {
    case '`':
      taken = append_between (markup, text, length, "`", NULL);
      break;
    case '*':
      taken = append_between (markup, text, length, "**", "b");
      if (taken == 0)
        taken = append_between (markup, text, length, "*", "i");
      break;
    case '!':
    case '[':
      taken = append_link (markup, text, length);
      break;
    case '<':
      taken = append_address (markup, text, length);
      break;
    case '\\':
      taken = length > 1 && g_ascii_ispunct (text[1]) ? 2 : 0;
      if (taken > 0)
        append_escaped (markup, text + 1, 1);
      break;
    default:
      break;
    }

  return taken;
}

static void
append_all (GString    *markup,
            const char *text,
            gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      gsize taken = append_next (markup, text, (gsize) (end - text));

      if (taken == 0)
        {
          taken = MIN ((gsize) (g_utf8_next_char (text) - text), (gsize) (end - text));
          append_escaped (markup, text, taken);
        }
      text += taken;
    }
}

char *
herald_help_inline_to_markup (const char *markdown)
{
  GString *markup = g_string_new (NULL);

  append_all (markup, markdown, strlen (markdown));

  return g_string_free (markup, FALSE);
}

char *
herald_help_inline_make_anchor (const char *markdown)
{
  GString *anchor = g_string_new (NULL);

  for (const char *at = markdown; *at != '\0'; at = g_utf8_next_char (at))
    {
      /* The same in every language: an anchor is not read by people. */
      gunichar character = g_unichar_tolower (g_utf8_get_char (at));

      if (g_unichar_isalnum (character) || character == '-' || character == '_')
        g_string_append_unichar (anchor, character);
      else if (character == ' ')
        g_string_append_c (anchor, '-');
    }

  return g_string_free (anchor, FALSE);
}
