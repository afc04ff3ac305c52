/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-event-values"

#include "core/printers/event-values.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/printers/job-values.h"

/* A tool changer has some; what a server invents beyond that is not worth a message. */
#define HEATERS_TOLD_MAX 10

#define HEATER_MAX_BYTES 20

/* Beyond it a number is no temperature of a printer. */
#define DEGREES_MAX 1000

/* The file */

/* What is spoken of may be another file than the one that is being printed: one that was uploaded
 * meanwhile, or a film. Then nothing of the one is said of the other. */
static gboolean
is_of_job (HeraldValues   *values,
           HeraldPrintJob *job)
{
  const char *path = herald_job_values_get_path (values);

  return path == NULL || g_strcmp0 (path, herald_print_job_get_path (job)) == 0;
}

static void
add_file (HeraldValues       *values,
          HeraldPrintJob     *job,
          HeraldPrinterState *state)
{
  herald_job_values_add (values, job->values);
  if (state != NULL && herald_print_job_is_of (job, state))
    {
      g_autoptr(HeraldValues) shown = herald_job_values_from_state (state);

      herald_job_values_add (values, shown);
    }
  if (herald_values_get (values, "user") == NULL)
    herald_values_set (values, "user", herald_values_get (values, "owner"));
  herald_job_values_set_file (values);
}

/* The print */

/* A state that is late can be that of the print before, also if it was of the same file. */
static gboolean
shows_job (HeraldPrinterState *state,
           HeraldPrintJob     *job)
{
  return state != NULL && herald_state_id_has_job (state->id) && herald_print_job_is_of (job, state) &&
         (job->seen_elapsed_s >= 0 || job->seen_percent >= 0);
}

static gint64
get_elapsed_s (HeraldPrintJob     *job,
               HeraldPrinterState *state,
               gint64              now_ms)
{
  if (state != NULL && state->elapsed_s >= 0)
    return state->elapsed_s;
  if (job->seen_elapsed_s >= 0)
    return job->seen_elapsed_s;

  /* Our clock may have been put back meanwhile. */
  return MAX (now_ms - job->started_ms, 0) / 1000;
}

/**
 * herald_event_values_add_job:
 * @job: a print that is under way
 *
 * Adds what is known of the file, and how far it is: as the state says it, or as it was when last
 * seen.
 */
void
herald_event_values_add_job (HeraldValues       *values,
                             HeraldPrintJob     *job,
                             HeraldPrinterState *state,
                             gint64              now_ms)
{
  HeraldPrinterState *shown = shows_job (state, job) ? state : NULL;

  if (is_of_job (values, job))
    add_file (values, job, state);
  else
    herald_job_values_set_file (values);

  if (herald_values_get (values, "spent") == NULL)
    herald_job_values_set_duration (values, "spent", get_elapsed_s (job, shown, now_ms));
  if (shown != NULL)
    herald_job_values_add_progress (values, shown, now_ms);
  if (herald_values_get (values, "progress") == NULL && job->seen_percent >= 0)
    herald_values_set_printf (values, "progress", "%d", (int) job->seen_percent);
}

/* Heat */

/* A heater’s name is a stranger’s word, and goes among figures that nobody looks at again. */
static gboolean
is_plain (const char *heater)
{
  if (*heater == '\0' || strlen (heater) > HEATER_MAX_BYTES)
    return FALSE;

  for (const char *c = heater; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_tool (const char *heater)
{
  return g_str_has_prefix (heater, "tool");
}

/* Returns: (transfer full): what people call it. With one hotend there is nothing to count. */
static char *
describe_heater (const char *heater,
                 guint       n_tools)
{
  if (g_str_equal (heater, "bed"))
    return g_strdup (_("bed"));
  if (g_str_equal (heater, "chamber"))
    return g_strdup (_("chamber"));
  if (!is_tool (heater))
    return g_strdup (heater);
  if (n_tools < 2)
    return g_strdup (_("tool"));

  /* TRANSLATORS: which of several hotends, e.g. “tool 0” */
  return g_strdup_printf (_("tool %s"), heater + strlen ("tool"));
}

/* Whole °C, so that there is no “-0” */
static int
to_degrees (double temperature)
{
  return (int) (temperature < 0 ? temperature - 0.5 : temperature + 0.5);
}

static void
append_temperature (GString                 *text,
                    const HeraldTemperature *temperature,
                    guint                    n_tools)
{
  g_autofree char *heater = describe_heater (temperature->heater, n_tools);

  g_string_append_printf (text, "%s%s %d", text->len > 0 ? ", " : "", heater, to_degrees (temperature->actual));
  if (temperature->target > 0)
    g_string_append_printf (text, "/%d", to_degrees (temperature->target));
  g_string_append (text, " °C");
}

static void
add_heater (HeraldValues            *values,
            const char              *name,
            const HeraldTemperature *temperature)
{
  g_autofree char *target_name = g_strconcat (name, "_target", NULL);

  herald_values_set_printf (values, name, "%d", to_degrees (temperature->actual));
  herald_values_set_printf (values, target_name, "%d", to_degrees (MAX (temperature->target, 0)));
}

/* Of several hotends the hottest is the one that is printed with. */
static gboolean
is_hotter (const HeraldTemperature *temperature,
           const HeraldTemperature *than)
{
  return than == NULL || temperature->target > than->target ||
         (temperature->target >= than->target && temperature->actual > than->actual);
}

static guint
count_tools (HeraldPrinterState *state)
{
  guint n_tools = 0;

  for (guint i = 0; i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      n_tools += is_tool (temperature->heater);
    }

  return n_tools;
}

/**
 * herald_event_values_add_temperatures:
 *
 * Adds `temperatures`, and `tool bed chamber` with their `_target`, in whole °C. Nothing is said of
 * a heater whose sensor says what no sensor can.
 */
void
herald_event_values_add_temperatures (HeraldValues       *values,
                                      HeraldPrinterState *state)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const HeraldTemperature *tool = NULL;
  guint n_tools = count_tools (state);

  for (guint i = 0; i < MIN (state->temperatures->len, HEATERS_TOLD_MAX); i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      if (!is_plain (temperature->heater) || !(ABS (temperature->actual) < DEGREES_MAX) ||
          !(ABS (temperature->target) < DEGREES_MAX))
        continue;

      append_temperature (text, temperature, n_tools);
      if (g_str_equal (temperature->heater, "bed") || g_str_equal (temperature->heater, "chamber"))
        add_heater (values, temperature->heater, temperature);
      else if (is_tool (temperature->heater) && is_hotter (temperature, tool))
        tool = temperature;
    }
  if (tool != NULL)
    add_heater (values, "tool", tool);
  if (text->len > 0)
    herald_values_set (values, "temperatures", text->str);
}

/* All of it */

/* The news that the printer is there, or gone, comes before the state that shows it. */
static gboolean
is_outdated (HeraldPrinterState *state,
             HeraldEventKind     kind)
{
  gboolean is_gone = state->id == HERALD_STATE_OFFLINE || state->id == HERALD_STATE_ERROR ||
                     state->id == HERALD_STATE_CONNECTING;

  return (kind == HERALD_KIND_PRINTER_OFFLINE && !is_gone) || (kind == HERALD_KIND_PRINTER_OPERATIONAL && is_gone);
}

/* How a print ended was made complete before another one could begin, and news of a print that is
 * over are not about the one that is under way. */
static gboolean
is_about_now (HeraldEvent    *event,
              HeraldPrintJob *job)
{
  return job != NULL && !herald_event_kind_is_outcome (event->kind) &&
         (event->job == NULL || g_str_equal (event->job, job->key));
}

/**
 * herald_event_values_complete:
 * @event: just made; nobody else has seen it yet
 *
 * The one place where every event of a printer gets what is known of the printer.
 */
void
herald_event_values_complete (HeraldEvent        *event,
                              HeraldPrintJob     *job,
                              HeraldPrinterState *state,
                              gint64              now_ms)
{
  if (is_about_now (event, job))
    herald_event_values_add_job (event->values, job, state, now_ms);
  /* When it goes on nobody knows, so nobody knows when it will be finished. */
  if (event->kind == HERALD_KIND_PRINT_PAUSED)
    herald_values_set (event->values, "eta", NULL);
  if (state == NULL)
    return;

  herald_event_values_add_temperatures (event->values, state);
  if (herald_values_get (event->values, "state") == NULL && *state->text != '\0' &&
      !is_outdated (state, event->kind))
    herald_values_set (event->values, "state", state->text);
}
