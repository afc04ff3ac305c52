/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-print-job"

#include "core/printers/print-job.h"

#include <string.h>

#include "core/printers/job-values.h"

/* Seconds of printing only grow. The server rounds them, and forgets some of them on a restart of its clock. */
#define ELAPSED_TOLERANCE_S 5

/**
 * herald_print_job_new:
 * @values: what is known of the file; copied
 * @started_ms: milliseconds since 1970
 */
HeraldPrintJob *
herald_print_job_new (HeraldValues *values,
                      gint64        started_ms)
{
  HeraldPrintJob *self = g_new0 (HeraldPrintJob, 1);

  self->values = herald_values_copy (values);
  herald_print_job_set_key (self, started_ms);
  self->started_ms = started_ms;
  self->seen_elapsed_s = -1;
  self->seen_percent = -1;
  herald_progress_memory_init (&self->told);

  return self;
}

void
herald_print_job_free (HeraldPrintJob *self)
{
  g_free (self->key);
  g_hash_table_unref (self->values);
  g_clear_pointer (&self->attention, g_hash_table_unref);
  g_free (self);
}

void
herald_print_job_set_key (HeraldPrintJob *self,
                          gint64          moment_ms)
{
  const char *path = herald_print_job_get_path (self);

  g_free (self->key);
  self->key = g_strdup_printf ("%s@%" G_GINT64_FORMAT, path != NULL ? path : "", moment_ms);
}

/* Returns: the moment in its key; 0 if there is none */
gint64
herald_print_job_get_key_ms (HeraldPrintJob *self)
{
  const char *at = strrchr (self->key, '@');

  return at != NULL ? g_ascii_strtoll (at + 1, NULL, 10) : 0;
}

const char *
herald_print_job_get_path (HeraldPrintJob *self)
{
  return herald_job_values_get_path (self->values);
}

/**
 * herald_print_job_is_counted:
 *
 * Returns: whether the server counts prints of this file; it does not for those
 *   on the printer's own storage
 */
gboolean
herald_print_job_is_counted (HeraldPrintJob *self)
{
  return g_strcmp0 (herald_values_get (self->values, "origin"), "local") == 0 &&
         herald_values_get (self->values, "path") != NULL;
}

gboolean
herald_print_job_is_of (HeraldPrintJob     *self,
                        HeraldPrinterState *state)
{
  const char *path = state->path != NULL ? state->path : state->name;

  return g_strcmp0 (herald_print_job_get_path (self), path) == 0;
}

/**
 * herald_print_job_goes_on_in:
 *
 * Returns: whether what @state shows can be this very print: the same file, and
 *   not begun anew
 */
gboolean
herald_print_job_goes_on_in (HeraldPrintJob     *self,
                             HeraldPrinterState *state)
{
  return herald_state_id_has_job (state->id) && herald_print_job_is_of (self, state) &&
         (state->elapsed_s < 0 || state->elapsed_s + ELAPSED_TOLERANCE_S >= self->seen_elapsed_s);
}

/**
 * herald_print_job_see:
 *
 * Remembers how far it is.
 */
void
herald_print_job_see (HeraldPrintJob     *self,
                      HeraldPrinterState *state)
{
  if (state->elapsed_s >= 0)
    self->seen_elapsed_s = state->elapsed_s;
  if (state->progress >= 0)
    self->seen_percent = state->progress;
}

/**
 * herald_print_count_make_key:
 * @base: counters before the print
 * @ordinal: which print of the file it is, from 1
 *
 * Returns: (transfer full): the same for the same print, whether it was seen or found out afterwards
 */
char *
herald_print_count_make_key (const char             *printer,
                             const char             *path,
                             const HeraldPrintCount *base,
                             gint64                  ordinal)
{
  return g_strdup_printf ("%s|%s@%" G_GINT64_FORMAT "|print %" G_GINT64_FORMAT, printer, path,
                          base->date_s, ordinal);
}

/**
 * herald_print_job_make_outcome_key:
 * @source: how its end is known; one that is only inferred the server has not
 *   counted, and its number will be that of the next print
 *
 * Returns: (transfer full): the dedupe key of how it ends
 */
char *
herald_print_job_make_outcome_key (HeraldPrintJob    *self,
                                   const char        *printer,
                                   HeraldEventSource  source)
{
  if (!self->base.known || source == HERALD_SOURCE_INFERRED)
    return g_strdup_printf ("%s|%s|outcome", printer, self->key);

  return herald_print_count_make_key (printer, herald_print_job_get_path (self), &self->base,
                                      self->base.n_done + self->base.n_failed + 1);
}

/* Keeping */

static const char *const kept_names[] = { "name", "path", "origin", "size", "user", "owner", "filament" };

static void
keep_attention (HeraldPrintJob *self,
                HeraldValues   *kept)
{
  if (self->attention_ms == 0 || self->attention == NULL)
    return;

  herald_values_set_printf (kept, "attention-ms", "%" G_GINT64_FORMAT, self->attention_ms);
  herald_values_set (kept, "attention-untold", self->attention_untold ? "true" : "false");
  herald_values_set (kept, "attention-repeats", self->attention_repeats ? "true" : "false");
  herald_values_set (kept, "pause-calls", self->pause_calls ? "true" : "false");
  herald_values_set (kept, "attention-reason", herald_values_get (self->attention, "reason"));
  herald_values_set (kept, "attention-question", herald_values_get (self->attention, "question"));
}

static void
read_attention (HeraldPrintJob *self,
                HeraldValues   *kept)
{
  self->attention_ms = MAX (herald_values_get_int (kept, "attention-ms", 0), 0);
  self->attention_untold = herald_values_get_boolean (kept, "attention-untold", FALSE);
  self->attention_repeats = herald_values_get_boolean (kept, "attention-repeats", FALSE);
  self->pause_calls = herald_values_get_boolean (kept, "pause-calls", FALSE);
  self->attention = herald_values_new ();
  herald_values_set (self->attention, "reason", herald_values_get (kept, "attention-reason"));
  herald_values_set (self->attention, "question", herald_values_get (kept, "attention-question"));
}

/**
 * herald_print_job_to_text:
 *
 * Returns: (transfer full): everything but the key
 */
char *
herald_print_job_to_text (HeraldPrintJob *self)
{
  g_autoptr(HeraldValues) kept = herald_values_new ();
  g_autofree char *told = herald_progress_memory_to_text (&self->told);

  for (guint i = 0; i < G_N_ELEMENTS (kept_names); i++)
    herald_values_set (kept, kept_names[i], herald_values_get (self->values, kept_names[i]));

  herald_values_set_printf (kept, "started-ms", "%" G_GINT64_FORMAT, self->started_ms);
  herald_values_set_printf (kept, "seen-elapsed", "%" G_GINT64_FORMAT, self->seen_elapsed_s);
  herald_values_set_printf (kept, "seen-percent", "%d", (int) self->seen_percent);
  if (self->base.known)
    {
      herald_values_set_printf (kept, "base-date", "%" G_GINT64_FORMAT, self->base.date_s);
      herald_values_set_printf (kept, "base-done", "%" G_GINT64_FORMAT, self->base.n_done);
      herald_values_set_printf (kept, "base-failed", "%" G_GINT64_FORMAT, self->base.n_failed);
    }
  herald_values_set (kept, "told", told);
  herald_values_set (kept, "paused", self->paused ? "true" : "false");
  herald_values_set (kept, "first-layer", self->first_layer_told ? "true" : "false");
  herald_values_set_printf (kept, "attentions", "%u", self->n_attentions);
  herald_values_set_printf (kept, "progresses", "%u", self->n_progresses);
  if (self->over_ms != 0)
    herald_values_set_printf (kept, "over-ms", "%" G_GINT64_FORMAT, self->over_ms);
  keep_attention (self, kept);

  return herald_values_to_json (kept);
}

/**
 * herald_print_job_from_text:
 *
 * Returns: (transfer full) (nullable): the print, if @text is one
 */
HeraldPrintJob *
herald_print_job_from_text (const char *key,
                            const char *text)
{
  g_autoptr(HeraldValues) kept = herald_values_from_json (text, strlen (text), NULL);
  g_autoptr(HeraldValues) values = NULL;
  HeraldPrintJob *self;

  if (kept == NULL || herald_values_get (kept, "started-ms") == NULL)
    return NULL;

  values = herald_values_new ();
  for (guint i = 0; i < G_N_ELEMENTS (kept_names); i++)
    herald_values_set (values, kept_names[i], herald_values_get (kept, kept_names[i]));

  self = herald_print_job_new (values, herald_values_get_int (kept, "started-ms", 0));
  g_free (self->key);
  self->key = g_strdup (key);
  self->seen_elapsed_s = herald_values_get_int (kept, "seen-elapsed", -1);
  self->seen_percent = (double) herald_values_get_int (kept, "seen-percent", -1);
  self->base.known = herald_values_get (kept, "base-date") != NULL;
  self->base.date_s = herald_values_get_int (kept, "base-date", 0);
  self->base.n_done = herald_values_get_int (kept, "base-done", 0);
  self->base.n_failed = herald_values_get_int (kept, "base-failed", 0);
  herald_progress_memory_from_text (&self->told, herald_values_get (kept, "told"));
  self->paused = herald_values_get_boolean (kept, "paused", FALSE);
  self->first_layer_told = herald_values_get_boolean (kept, "first-layer", FALSE);
  self->n_attentions = (guint) CLAMP (herald_values_get_int (kept, "attentions", 0), 0, G_MAXINT);
  self->n_progresses = (guint) CLAMP (herald_values_get_int (kept, "progresses", 0), 0, G_MAXINT);
  self->over_ms = MAX (herald_values_get_int (kept, "over-ms", 0), 0);
  read_attention (self, kept);

  return self;
}
