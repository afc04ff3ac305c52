/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-job-values"

#include "core/printers/job-values.h"

#include <string.h>

#include "core/base/text.h"

/* Endings of what slicers make, and of what they are fed with, which many names still carry */
static const char *const endings[] = {
  ".gcode", ".gco", ".g", ".gx", ".bgcode", ".ufp", ".nc", ".ngc", ".tap", ".cnc", ".x3g", ".makerbot",
  ".stl", ".3mf", ".obj", ".amf", ".ply", ".step", ".stp",
};

static void
set_filament (HeraldValues *values,
              double        length_mm)
{
  if (length_mm >= 1000)
    herald_values_set_printf (values, "filament", "%.1f m", length_mm / 1000);
  else if (length_mm >= 100)
    herald_values_set_printf (values, "filament", "%.2f m", length_mm / 1000);
  else
    herald_values_set_printf (values, "filament", "%.0f mm", length_mm);
}

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
  /* OctoPrint calls “user” whose print it is. */
  herald_values_set (values, "user", state->user);
  herald_values_set (values, "owner", state->user);
  if (state->size_bytes >= 0)
    herald_values_set_printf (values, "size", "%" G_GINT64_FORMAT, state->size_bytes);
  if (state->filament_mm > 0)
    set_filament (values, state->filament_mm);

  return values;
}

/**
 * herald_job_values_add:
 *
 * Adds those of @known that @values have not.
 */
void
herald_job_values_add (HeraldValues *values,
                       HeraldValues *known)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (herald_values_get (values, name) == NULL)
        herald_values_set (values, name, value);
    }
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

/* Returns: how many bytes of @name are left without the last ending; all if it has none that we know */
static gsize
measure_stem (const char *name,
              gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize ending_length = strlen (endings[i]);

      if (length > ending_length && name[length - ending_length - 1] != '/' &&
          g_ascii_strncasecmp (name + length - ending_length, endings[i], ending_length) == 0)
        return length - ending_length;
    }

  return length;
}

/**
 * herald_job_values_set_file:
 *
 * Sets `file` from `name`: without its endings, as people say it, and because X would take it for
 * a link. What is behind the last point of “bracket v1.2” is none.
 */
void
herald_job_values_set_file (HeraldValues *values)
{
  const char *name = herald_values_get (values, "name");
  g_autofree char *file = NULL;
  gsize length;
  gsize stem;

  if (name == NULL)
    return;

  stem = strlen (name);
  do
    {
      length = stem;
      stem = measure_stem (name, length);
    }
  while (stem < length);
  file = g_strndup (name, length);
  herald_values_set (values, "file", file);
}

/* @remaining_s is of the moment at which the server said it. */
static void
add_remaining (HeraldValues       *values,
               HeraldPrinterState *state,
               gint64              now_ms)
{
  gint64 since_ms = state->received_ms > 0 ? MIN (state->received_ms, now_ms) : now_ms;
  gint64 finish_ms = since_ms + state->remaining_s * 1000;
  g_autofree char *eta = herald_text_format_moment (finish_ms, now_ms);

  if (herald_values_get (values, "remaining") == NULL)
    herald_job_values_set_duration (values, "remaining", state->remaining_s);
  /* What was last said of it may be old. */
  if (finish_ms >= now_ms && herald_values_get (values, "eta") == NULL)
    herald_values_set (values, "eta", eta);
}

/**
 * herald_job_values_add_progress:
 * @values: what the server said; what it did not say is added
 * @state: one that shows a print
 */
void
herald_job_values_add_progress (HeraldValues       *values,
                                HeraldPrinterState *state,
                                gint64              now_ms)
{
  g_autoptr(HeraldValues) known = herald_values_new ();

  if (state->elapsed_s >= 0 && herald_values_get (values, "spent") == NULL)
    herald_job_values_set_duration (values, "spent", state->elapsed_s);
  if (state->progress >= 0)
    herald_values_set_printf (known, "progress", "%d", (int) state->progress);
  if (state->height_mm >= 0)
    herald_values_set_printf (known, "height", "%.2f", state->height_mm);
  if (state->layer >= 0)
    herald_values_set_printf (known, "layer", "%" G_GINT64_FORMAT, state->layer);
  if (state->layers >= 0)
    herald_values_set_printf (known, "layers", "%" G_GINT64_FORMAT, state->layers);
  herald_job_values_add (values, known);
  if (state->remaining_s >= 0)
    add_remaining (values, state, now_ms);
}
