/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-help-words"

#include "window/help/help-words.h"

#include <libintl.h>

/* The pages have a catalogue of their own: programs that show none need not have it in memory, and a page may change without
 * nine translations. */
#define DOMAIN "octoherald-help"

/* It is where the program's own catalogue is. */
static void
find_catalogue (void)
{
  static gsize is_found = 0;

  if (!g_once_init_enter (&is_found))
    return;

  bindtextdomain (DOMAIN, bindtextdomain (GETTEXT_PACKAGE, NULL));
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  g_once_init_leave (&is_found, 1);
}

const char *
herald_help_words_translate (const char *words,
                             gpointer    user_data)
{
  /* What is behind an empty text is the head of the catalogue. */
  if (*words == '\0')
    return words;

  find_catalogue ();

  return g_dgettext (DOMAIN, words);
}
