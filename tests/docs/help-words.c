/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-help-words"

/* Prints what the help's pages say, just as the window looks it up, as a template for translators. */

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "window/help/help-document.h"
#include "window/help/help-topics.h"

/* Which words of which page were printed already */
typedef struct
{
  const char *page;
  GHashTable *printed;
} Template;

static char *
quote (const char *words)
{
  g_autoptr(GString) quoted = g_string_new (words);

  g_string_replace (quoted, "\\", "\\\\", 0);
  g_string_replace (quoted, "\"", "\\\"", 0);

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* Numbers, and what is typed, are the same in every language. */
static gboolean
has_letters (const char *words)
{
  gboolean is_code = FALSE;

  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (*at == '`')
        is_code = !is_code;
      else if (!is_code && g_unichar_isalpha (g_utf8_get_char (at)))
        return TRUE;
    }

  return FALSE;
}

static const char *
print_words (const char *words,
             gpointer    user_data)
{
  Template *template = user_data;
  g_autofree char *quoted = quote (words);

  if (has_letters (words) && g_hash_table_add (template->printed, g_strdup (words)))
    printf ("\n#: docs/%s.md\nmsgid \"%s\"\nmsgstr \"\"\n", template->page, quoted);

  return words;
}

/* Of what is only looked up the title: it is read by those who know English from their printers and servers. */
static void
print_page (Template   *template,
            const char *page)
{
  g_autofree char *markdown = herald_help_topics_load (page);
  g_autoptr(GPtrArray) blocks = NULL;

  if (markdown == NULL)
    g_error ("There is no page %s in OCTOHERALD_DOCS", page);
  if (!herald_help_topics_is_offered (page))
    markdown[strcspn (markdown, "\n")] = '\0';

  template->page = page;
  blocks = herald_help_document_parse (markdown, print_words, template);
}

int
main (void)
{
  g_autoptr(GHashTable) printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Template template = { NULL, printed };

  printf ("msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n");
  for (const char *const *page = herald_help_topics_get_all (); *page != NULL; page++)
    print_page (&template, *page);

  return 0;
}
