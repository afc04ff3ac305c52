/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-words"

#include "core/printers/printer-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time-words.h"

/* What fits into a line of a menu, of a name, of a file and of a sentence */
#define NAME_MAX_CHARS 40
#define FILE_MAX_CHARS 60
#define SENTENCE_MAX_CHARS 160

static const char *const connection_words[] = {
  [HERALD_CONNECTION_CONNECTING] = N_("connecting"),
  [HERALD_CONNECTION_CONNECTED] = N_("connected"),
  [HERALD_CONNECTION_UNREACHABLE] = N_("not reachable"),
  [HERALD_CONNECTION_STARTING] = N_("OctoPrint is starting"),
  [HERALD_CONNECTION_UNAUTHORIZED] = N_("OctoPrint does not let us in"),
  [HERALD_CONNECTION_UNTRUSTED] = N_("the server has not proved who it is"),
  [HERALD_CONNECTION_DISABLED] = N_("switched off in OctoHerald"),
};

static const char *const state_words[] = {
  [HERALD_STATE_OFFLINE] = N_("printer off"),
  [HERALD_STATE_CONNECTING] = N_("connecting to the printer"),
  [HERALD_STATE_OPERATIONAL] = N_("ready"),
  [HERALD_STATE_PRINTING] = N_("printing"),
  [HERALD_STATE_PAUSING] = N_("pausing"),
  [HERALD_STATE_PAUSED] = N_("paused"),
  [HERALD_STATE_RESUMING] = N_("going on"),
  [HERALD_STATE_FINISHING] = N_("finishing"),
  [HERALD_STATE_CANCELLING] = N_("cancelling"),
  [HERALD_STATE_TRANSFERRING] = N_("copying a file"),
  [HERALD_STATE_ERROR] = N_("printer error"),
  [HERALD_STATE_UNKNOWN] = N_("doing something we do not know"),
};

static gboolean
is_connected (HeraldPrinter *printer)
{
  return herald_printer_get_connection (printer) == HERALD_CONNECTION_CONNECTED;
}

static gboolean
has_job (HeraldPrinter *printer)
{
  return is_connected (printer) && herald_state_id_has_job (herald_printer_get_state (printer)->id);
}

/* A sentence that becomes the end of another */
static char *
cut_full_stop (const char *sentence)
{
  char *clean = herald_text_clean (sentence, SENTENCE_MAX_CHARS);

  if (g_str_has_suffix (clean, ".") && !g_str_has_suffix (clean, ".."))
    clean[strlen (clean) - 1] = '\0';

  return clean;
}

char *
herald_printer_words_format_name (HeraldPrinter *printer)
{
  char *name = herald_text_clean (herald_printer_get_name (printer), NAME_MAX_CHARS);

  if (*name != '\0')
    return name;

  g_free (name);

  return g_strdup (herald_printer_get_id (printer));
}

int
herald_printer_words_get_percent (HeraldPrinter *printer)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);

  if (!has_job (printer) || !(state->progress >= 0))
    return -1;

  return (int) MIN (state->progress, 100);
}

char *
herald_printer_words_format_done (gint64 finish_ms,
                                  gint64 now_ms)
{
  g_autofree char *moment = herald_time_words_format_moment (finish_ms, now_ms);

  if (finish_ms <= now_ms)
    return g_strdup (_("done any moment"));
  if (herald_time_words_is_same_day (finish_ms, now_ms))
    /* Translators: when a print will be done, a time of today, e.g. “18:05” */
    return g_strdup_printf (_("done at %s"), moment);

  /* Translators: when a print will be done, a day and a time, e.g. “tomorrow 03:10” or “Friday 03:10” */
  return g_strdup_printf (_("done %s"), moment);
}

static char *
format_done (HeraldPrinter *printer,
             gint64         now_ms)
{
  gint64 finish_ms = has_job (printer) ? herald_printer_get_finish_ms (printer) : 0;

  return finish_ms != 0 ? herald_printer_words_format_done (finish_ms, now_ms) : NULL;
}

static char *
format_progress (HeraldPrinter *printer,
                 gint64         now_ms)
{
  const char *words = _(state_words[herald_printer_get_state (printer)->id]);
  int percent = herald_printer_words_get_percent (printer);
  g_autofree char *done = format_done (printer, now_ms);

  if (percent >= 0 && done != NULL)
    /* Translators: e.g. “printing, 42 %, done at 18:05” */
    return g_strdup_printf (_("%s, %d %%, %s"), words, percent, done);
  if (percent >= 0)
    /* Translators: e.g. “paused, 42 %” */
    return g_strdup_printf (_("%s, %d %%"), words, percent);
  if (done != NULL)
    /* Translators: e.g. “printing, done at 18:05” */
    return g_strdup_printf (_("%s, %s"), words, done);

  return g_strdup (words);
}

char *
herald_printer_words_format_state (HeraldPrinter *printer,
                                   gint64         now_ms)
{
  HeraldConnection connection = herald_printer_get_connection (printer);
  g_autofree char *attention = cut_full_stop (herald_printer_get_attention (printer));

  if (connection != HERALD_CONNECTION_CONNECTED)
    return g_strdup (_(connection_words[connection]));

  if (*attention != '\0' && herald_printer_get_state (printer)->id != HERALD_STATE_ERROR)
    /* Translators: why somebody has to come to the printer */
    return g_strdup_printf (_("needs you: %s"), attention);

  return format_progress (printer, now_ms);
}

/* Where a sentence begins with a small letter the words were written to follow others. */
static char *
capitalize (const char *words)
{
  char first[6];
  int length = g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (words)), first);

  return g_strdup_printf ("%.*s%s", length, first, g_utf8_next_char (words));
}

char *
herald_printer_words_format_finish (HeraldPrinter *printer,
                                    gint64         now_ms)
{
  g_autofree char *done = format_done (printer, now_ms);
  g_autofree char *sentence = done != NULL ? capitalize (done) : NULL;
  g_autofree char *remaining = NULL;
  gint64 remaining_ms = herald_printer_get_finish_ms (printer) - now_ms;

  if (sentence == NULL || remaining_ms <= 0)
    return g_steal_pointer (&sentence);

  remaining = herald_time_words_format_remaining (remaining_ms / 1000);

  /* Translators: e.g. “Done at 18:05, in 1 hour 10 min” */
  return g_strdup_printf (_("%s, in %s"), sentence, remaining);
}

char *
herald_printer_words_format_job (HeraldPrinter *printer)
{
  g_autofree char *file = herald_text_clean (herald_printer_get_state (printer)->name, FILE_MAX_CHARS);

  if (!has_job (printer) || *file == '\0')
    return NULL;

  /* Translators: name of a file */
  return g_strdup_printf (_("“%s”"), file);
}

char *
herald_printer_words_format_problem (HeraldPrinter *printer)
{
  const char *problem = herald_printer_get_problem (printer);
  g_autofree char *sentence = NULL;

  if (is_connected (printer) && herald_printer_get_state (printer)->id == HERALD_STATE_ERROR)
    problem = herald_printer_get_state (printer)->error;
  sentence = herald_text_clean (problem, SENTENCE_MAX_CHARS);

  return *sentence != '\0' ? g_steal_pointer (&sentence) : NULL;
}
