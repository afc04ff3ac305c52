/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-attempt-words"

#include "core/base/attempt-words.h"

#include <glib/gi18n-lib.h>

char *
herald_attempt_words_dup_result (GVariant *attempt)
{
  const char *words = "";
  const char *label = "";
  const char *ended = "";
  int code = 0;

  g_variant_lookup (attempt, "words", "&s", &words);
  g_variant_lookup (attempt, "label", "&s", &label);
  g_variant_lookup (attempt, "ended", "&s", &ended);
  g_variant_lookup (attempt, "code", "i", &code);
  if (*words != '\0' && code > 0)
    /* Translators: what a server answered, and its number */
    return g_strdup_printf (_("“%s” (%d)"), words, code);
  if (*words != '\0')
    return g_strdup_printf (_("“%s”"), words);
  if (code > 0)
    /* Translators: “it” is a server, which answered with this number alone */
    return g_strdup_printf (_("It answered %d."), code);
  if (*ended == '\0')
    return g_strdup (_("It goes on, or was interrupted."));

  /* Translators: how far an attempt to send a message came */
  return *label != '\0' ? g_strdup_printf (_("It came as far as: %s"), label) : g_strdup (_("The other side said nothing."));
}
