/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-emoji-lint"

#include "core/words/emoji-lint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/words/emoji-table.h"
#include "core/words/emoji.h"
#include "core/words/nearest-name.h"

/* Between colons, so many signs may be anything. */
#define NAME_MIN_BYTES 3

static const char *
find_nearest (const char *name,
              gsize       length)
{
  HeraldNearestName nearest;

  herald_nearest_name_init (&nearest, name, length);
  for (guint i = 0; i < herald_emoji_table_length; i++)
    herald_nearest_name_try (&nearest, herald_emoji_texts + herald_emoji_table[i].name);

  return nearest.found;
}

/* @small: the same as @text, in small letters */
static void
check_at_colon (GPtrArray  *problems,
                guint      *searches_left,
                const char *text,
                const char *small,
                const char *colon)
{
  gsize length = herald_emoji_measure_shortcode (small, colon);
  const char *name = text + (colon + 1 - small);
  const char *nearest;
  g_autofree char *problem = NULL;

  if (*searches_left == 0 || length < NAME_MIN_BYTES || herald_emoji_find (name, length) != NULL ||
      (colon > small && (g_ascii_isalnum (colon[-1]) || colon[-1] == ':' || colon[-1] == '\\')) ||
      g_ascii_isalnum (colon[length + 2]))
    return;

  (*searches_left)--;
  nearest = find_nearest (name, length);
  if (nearest == NULL)
    return;

  problem = g_strdup_printf (_("“:%.*s:” is no emoji that is known; did you mean :%s:?"), (int) length, name, nearest);
  if (!g_ptr_array_find_with_equal_func (problems, problem, g_str_equal, NULL))
    g_ptr_array_add (problems, g_steal_pointer (&problem));
}

void
herald_emoji_lint (GPtrArray  *problems,
                   guint      *searches_left,
                   const char *words,
                   gsize       length)
{
  g_autofree char *text = g_strndup (words, length);
  g_autofree char *small = NULL;

  if (text == NULL || strchr (text, ':') == NULL)
    return;

  small = g_ascii_strdown (text, -1);
  for (const char *p = strchr (small, ':'); p != NULL; p = strchr (p + 1, ':'))
    {
      if (g_str_has_prefix (p, "://"))
        p += strcspn (p, " \t\n") - 1;
      else
        check_at_colon (problems, searches_left, text, small, p);
    }
}
