/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-emoji-search"

#include "core/words/emoji-search.h"

#include <string.h>

#include "core/words/emoji-table.h"

static gboolean
has_emoji (GArray     *matches,
           const char *emoji)
{
  for (guint i = 0; i < matches->len; i++)
    {
      if (g_str_equal (g_array_index (matches, HeraldEmojiMatch, i).emoji, emoji))
        return TRUE;
    }

  return FALSE;
}

/* Each emoji once, by the first of its names that fits. */
static void
add_matches (GArray     *matches,
             const char *typed,
             guint       max,
             gboolean    at_start)
{
  for (guint i = 0; i < herald_emoji_table_length && matches->len < max; i++)
    {
      const HeraldEmojiMatch match = { herald_emoji_texts + herald_emoji_table[i].name,
                                       herald_emoji_texts + herald_emoji_table[i].emoji };
      const char *found = strstr (match.name, typed);

      if (found != NULL && (found == match.name) == at_start && !has_emoji (matches, match.emoji))
        g_array_append_val (matches, match);
    }
}

/**
 * herald_emoji_search:
 * @typed: what was typed of a name, in small letters; nothing is found for nothing
 *
 * Returns: (transfer full): what may be meant
 */
GArray *
herald_emoji_search (const char *typed,
                     guint       max)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (HeraldEmojiMatch));

  if (*typed == '\0')
    return matches;

  add_matches (matches, typed, max, TRUE);
  add_matches (matches, typed, max, FALSE);

  return matches;
}
