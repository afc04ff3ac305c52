/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-values"

#include "core/printers/job-values.h"

#include <string.h>

#include "core/base/text.h"

/**
 * herald_job_values_from_state:
 *
 * Returns: (transfer full): what @state tells of the file
 */
HeraldValues *
herald_job_values_from_state (HeraldPrinterState *state)
{
  HeraldValues *values = herald_values_new ();

  herald_values_set (values, "name", state->name);
  herald_values_set (values, "path", state->path);
  herald_values_set (values, "origin", state->origin);
  herald_values_set (values, "user", state->user);
  if (state->size_bytes >= 0)
    herald_values_set_printf (values, "size", "%" G_GINT64_FORMAT, state->size_bytes);

  return values;
}

/**
 * herald_job_values_get_path:
 *
 * Returns: (nullable): what tells the file from other files
 */
const char *
herald_job_values_get_path (HeraldValues *values)
{
  const char *path = herald_values_get (values, "path");

  return path != NULL ? path : herald_values_get (values, "name");
}

/**
 * herald_job_values_set_duration:
 * @name: of the variable; `<name>_formatted` is set too
 */
void
herald_job_values_set_duration (HeraldValues *values,
                                const char   *name,
                                gint64        seconds)
{
  g_autofree char *formatted_name = g_strconcat (name, "_formatted", NULL);
  g_autofree char *formatted = herald_text_format_clock (seconds);

  herald_values_set_printf (values, name, "%" G_GINT64_FORMAT, seconds);
  herald_values_set (values, formatted_name, formatted);
}

/**
 * herald_job_values_set_file:
 *
 * Sets `file` from `name`: without its ending, as people say it, and because X
 * would take it for a link.
 */
void
herald_job_values_set_file (HeraldValues *values)
{
  const char *name = herald_values_get (values, "name");
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;
  g_autofree char *file = NULL;

  if (name == NULL)
    return;

  file = dot != NULL && dot != name ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
  herald_values_set (values, "file", file);
}

static void
set_remaining (HeraldValues *values,
               gint64        remaining_s,
               gint64        now_ms)
{
  g_autofree char *eta = herald_text_format_time_of_day (now_ms + remaining_s * 1000);

  herald_job_values_set_duration (values, "remaining", remaining_s);
  herald_values_set (values, "eta", eta);
}

/**
 * herald_job_values_add_progress:
 * @values: what the server said; what it did not say is added
 * @state: (nullable): the last state of the print
 * @started_ms: milliseconds since 1970
 */
void
herald_job_values_add_progress (HeraldValues       *values,
                                HeraldPrinterState *state,
                                gint64              started_ms,
                                gint64              now_ms)
{
  /* Our clock may have been put back meanwhile. */
  gint64 elapsed_s = state != NULL && state->elapsed_s >= 0 ? state->elapsed_s
                                                            : MAX (now_ms - started_ms, 0) / 1000;

  herald_job_values_set_file (values);
  herald_job_values_set_duration (values, "spent", elapsed_s);
  if (state == NULL)
    return;

  if (state->progress >= 0 && herald_values_get (values, "progress") == NULL)
    herald_values_set_printf (values, "progress", "%d", (int) state->progress);
  if (state->height_mm >= 0)
    herald_values_set_printf (values, "height", "%.2f", state->height_mm);
  if (state->layer >= 0)
    herald_values_set_printf (values, "layer", "%" G_GINT64_FORMAT, state->layer);
  if (state->layers >= 0)
    herald_values_set_printf (values, "layers", "%" G_GINT64_FORMAT, state->layers);
  if (state->remaining_s >= 0)
    set_remaining (values, state->remaining_s, now_ms);
}
