/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-wording"

#include "core/words/wording.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/events/variable.h"

/**
 * herald_wording_complete_values:
 * @values: what the event knows
 * @printer_name: empty if it concerns no printer
 * @wall_ms: when it happened, milliseconds since 1970
 *
 * Returns: (transfer full): @values and those that every event has; a variable
 *   of @kind that the event does not know is empty
 */
HeraldValues *
herald_wording_complete_values (HeraldEventKind  kind,
                                HeraldValues    *values,
                                const char      *printer_name,
                                gint64           wall_ms)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
  HeraldValues *complete = herald_values_new ();
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (wall_ms / 1000);
  g_autofree char *date = g_date_time_format (time, "%x");
  /* Of two tests in one minute X would refuse the second as a repetition. */
  g_autofree char *clock = kind == HERALD_KIND_TEST ? g_date_time_format (time, "%X") :
                           herald_text_format_time_of_day (wall_ms);

  for (gsize i = 0; info->variables[i] != NULL; i++)
    herald_values_set (complete, info->variables[i], "");
  herald_values_merge (complete, values);

  herald_values_set (complete, "printer", printer_name);
  herald_values_set (complete, "event", _(info->name));
  herald_values_set (complete, "date", date);
  herald_values_set (complete, "clock", clock);

  return complete;
}

/**
 * herald_wording_sample_values:
 *
 * Returns: (transfer full): a made-up value for each variable of @kind
 */
HeraldValues *
herald_wording_sample_values (HeraldEventKind kind)
{
  HeraldValues *values = herald_values_new ();
  guint n_variables;
  const HeraldVariable *variables = herald_variable_get_all (&n_variables);

  for (guint i = 0; i < n_variables; i++)
    {
      if (herald_event_kind_has_variable (kind, variables[i].name))
        herald_values_set (values, variables[i].name, *variables[i].sample != '\0' ? _(variables[i].sample) : "");
    }

  return values;
}
