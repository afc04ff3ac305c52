/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-suggestions"

#include "window/messages/suggestions.h"

#include <string.h>

#include "core/words/emoji-search.h"

/* More do not fit under a line of text. */
#define SUGGESTIONS_MAX 8

/* One letter behind a colon is too little to guess by, and ":D" is no emoji. */
#define EMOJI_LETTERS_MIN 2

#define NAME_MAX_BYTES 64

static HeraldSuggestion *
suggestion_new (char *label,
                char *description,
                char *insert)
{
  HeraldSuggestion *self = g_new0 (HeraldSuggestion, 1);

  *self = (HeraldSuggestion) { label, description, insert };

  return self;
}

void
herald_suggestion_free (HeraldSuggestion *self)
{
  g_free (self->label);
  g_free (self->description);
  g_free (self->insert);
  g_free (self);
}

static void
add_values (GPtrArray  *found,
            GVariant   *descriptions,
            const char *typed,
            gboolean    at_start)
{
  GVariantIter iter;
  const char *name;
  const char *description;

  g_variant_iter_init (&iter, descriptions);
  while (found->len < SUGGESTIONS_MAX && g_variant_iter_next (&iter, "{&s&s}", &name, &description))
    {
      const char *place = strstr (name, typed);

      if (place != NULL && (place == name) == at_start)
        g_ptr_array_add (found, suggestion_new (g_strdup_printf ("{%s}", name), g_strdup (description),
                                                g_strdup_printf ("{%s}", name)));
    }
}

static void
add_emoji (GPtrArray  *found,
           const char *typed)
{
  g_autoptr(GArray) matches = herald_emoji_search (typed, SUGGESTIONS_MAX);

  for (guint i = 0; i < matches->len; i++)
    {
      const HeraldEmojiMatch *match = &g_array_index (matches, HeraldEmojiMatch, i);

      g_ptr_array_add (found, suggestion_new (g_strdup (match->emoji), g_strdup_printf (":%s:", match->name),
                                              g_strdup (match->emoji)));
    }
}

/* Bytes at the end of @before that can be part of a name */
static gsize
measure_name (const char *before,
              gsize       length)
{
  gsize n = 0;

  while (n < length && n <= NAME_MAX_BYTES)
    {
      char c = before[length - n - 1];

      if (!g_ascii_isalnum (c) && strchr ("_+-", c) == NULL)
        break;
      n++;
    }

  return n;
}

/* A colon behind a letter or a digit is that of a time, a link or a label; a doubled brace is a brace. */
static gboolean
opens (const char *before,
       gsize       sign)
{
  if (sign == 0)
    return TRUE;

  return before[sign] == '{' ? before[sign - 1] != '{' : !g_ascii_isalnum (before[sign - 1]) && strchr (":\\", before[sign - 1]) == NULL;
}

GPtrArray *
herald_suggestions_find (const char *before,
                         GVariant   *descriptions,
                         gsize      *start)
{
  gsize length = strlen (before);
  gsize typed_length = measure_name (before, length);
  g_autofree char *typed = NULL;
  g_autoptr(GPtrArray) found = NULL;
  gsize sign;

  if (typed_length == length || typed_length > NAME_MAX_BYTES)
    return NULL;
  sign = length - typed_length - 1;
  if ((before[sign] != '{' && before[sign] != ':') || !opens (before, sign))
    return NULL;

  typed = g_ascii_strdown (before + sign + 1, -1);
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_suggestion_free);
  if (before[sign] == '{')
    {
      add_values (found, descriptions, typed, TRUE);
      add_values (found, descriptions, typed, FALSE);
    }
  else if (typed_length >= EMOJI_LETTERS_MIN)
    add_emoji (found, typed);
  if (found->len == 0)
    return NULL;

  *start = sign;
  return g_steal_pointer (&found);
}
