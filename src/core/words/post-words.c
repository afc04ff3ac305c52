/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-post-words"

#include "core/words/post-words.h"

#include <glib/gi18n-lib.h>

#include "core/words/template.h"

/* What is another time another text. How far a print has come is the same with the next print of its file. */
static const char *const varying[] = { "clock", "date", "spent_formatted", "time_formatted" };

/**
 * herald_post_words_date:
 * @text: a template
 *
 * Returns: (transfer full): the same with the time of day, {clock}, at its end
 */
char *
herald_post_words_date (const char *text)
{
  /* Translators: a sentence, then the time of day in brackets; {clock} must stay as it is */
  return g_strdup_printf (_("%s ({clock})"), text);
}

/**
 * herald_post_words_dup_text:
 *
 * X refuses a text that it has seen in the last hours, and a file may well be printed twice in a
 * day. So what would read the same then bears its time of day. What another program hands over is posted as it is.
 *
 * Returns: (transfer full): the template for the text, if the user has set none
 */
char *
herald_post_words_dup_text (HeraldEventKind kind)
{
  const char *text;

  g_return_val_if_fail (kind < HERALD_N_EVENT_KINDS, NULL);

  text = _(herald_event_kind_get_info (kind)->text);
  if (kind == HERALD_KIND_CUSTOM)
    return g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (varying); i++)
    {
      if (herald_template_uses (text, varying[i]))
        return g_strdup (text);
    }

  return herald_post_words_date (text);
}
