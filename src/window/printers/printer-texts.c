/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-texts"

#include "window/printers/printer-texts.h"

#include <glib/gi18n-lib.h>

#include "core/base/time-words.h"

/* That something has only just begun says nothing about it. */
#define ELAPSED_MIN_S 60

static const struct
{
  const char *origin;
  const char *doubt;
} doubts[] = {
  { "linear", N_("The time left is a rough guess, from how much of the file has been printed.") },
  { "analysis", N_("The time left is a guess, from what is in the file.") },
  { "mixed-analysis", N_("The time left is a guess, from what is in the file and how fast it goes.") },
};

static void
add_part (GString    *text,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
format_finish (const char *finishes_at,
               gint64      now_ms)
{
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *words = NULL;
  gint64 finish_ms = 0;

  if (finishes_at != NULL && *finishes_at != '\0')
    moment = g_date_time_new_from_iso8601 (finishes_at, NULL);
  if (moment == NULL)
    return NULL;

  finish_ms = g_date_time_to_unix (moment) * 1000;
  words = herald_time_words_format_moment (finish_ms, now_ms);
  if (finish_ms <= now_ms)
    return g_strdup (_("done any moment"));
  if (herald_time_words_is_same_day (finish_ms, now_ms))
    /* Translators: when a print will be done, a time of today, e.g. “18:05” */
    return g_strdup_printf (_("done at %s"), words);

  /* Translators: when a print will be done, a day and a time, e.g. “tomorrow 03:10” or “Friday 03:10” */
  return g_strdup_printf (_("done %s"), words);
}

char *
herald_printer_texts_format_times (gint64      elapsed_s,
                                   gint64      remaining_s,
                                   const char *finishes_at,
                                   gint64      now_ms)
{
  GString *text = g_string_new (NULL);
  g_autofree char *elapsed = elapsed_s >= ELAPSED_MIN_S ? herald_time_words_format_remaining (elapsed_s) : NULL;
  g_autofree char *remaining = remaining_s >= 0 ? herald_time_words_format_remaining (remaining_s) : NULL;
  g_autofree char *elapsed_words = NULL;
  g_autofree char *remaining_words = NULL;
  g_autofree char *finish = format_finish (finishes_at, now_ms);

  if (elapsed != NULL)
    /* Translators: how long it prints already, e.g. “35 minutes so far” */
    elapsed_words = g_strdup_printf (_("%s so far"), elapsed);
  if (remaining != NULL)
    /* Translators: how long it will still print, e.g. “1 hour 10 min left” */
    remaining_words = g_strdup_printf (_("%s left"), remaining);
  add_part (text, elapsed_words);
  add_part (text, remaining_words);
  add_part (text, finish);

  return g_string_free (text, FALSE);
}

const char *
herald_printer_texts_get_doubt (const char *origin)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      if (g_strcmp0 (doubts[i].origin, origin) == 0)
        return _(doubts[i].doubt);
    }

  return NULL;
}

char *
herald_printer_texts_format_counts (guint n_printers,
                                    guint n_printing,
                                    guint n_in_need)
{
  GString *text = g_string_new (NULL);
  g_autofree char *printers = g_strdup_printf (ngettext ("%u printer", "%u printers", n_printers), n_printers);
  /* Translators: how many of the printers are printing */
  g_autofree char *printing = g_strdup_printf (ngettext ("%u printing", "%u printing", n_printing), n_printing);
  /* Translators: how many of the printers need somebody */
  g_autofree char *in_need = g_strdup_printf (ngettext ("%u needs you", "%u need you", n_in_need), n_in_need);

  add_part (text, printers);
  if (n_printing > 0)
    add_part (text, printing);
  if (n_in_need > 0)
    add_part (text, in_need);

  return g_string_free (text, FALSE);
}

const char *
herald_printer_texts_get_absence (HeraldServiceLink *link)
{
  return herald_service_link_get_state (link) == HERALD_LINK_RUNNING
           ? _("This printer was removed meanwhile. You can add it again.")
           : _("OctoHerald is not running at the moment. Please try again when it is.");
}
