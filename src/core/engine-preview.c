/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-preview"

#include "core/engine-preview.h"

#include <glib/gi18n-lib.h>

#include "core/engine-private.h"
#include "core/printers/event-values.h"
#include "core/printers/job-values.h"
#include "core/words/template.h"
#include "core/words/wording.h"

static void
add_current_job (HeraldValues  *values,
                 HeraldPrinter *printer,
                 gint64         now_ms)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);
  g_autoptr(HeraldValues) current = herald_job_values_from_state (state);

  if (herald_job_values_get_path (current) == NULL)
    return;

  herald_job_values_set_file (current);
  herald_job_values_add_progress (current, state, now_ms);
  herald_event_values_add_temperatures (current, state);
  herald_values_merge (values, current);
}

static HeraldValues *
make_preview_values (HeraldEngine    *self,
                     HeraldEventKind  kind,
                     const char      *printer_id)
{
  HeraldPrinter *printer = printer_id != NULL ? herald_engine_find_printer (self, printer_id) : NULL;
  g_autoptr(HeraldValues) samples = herald_wording_sample_values (kind);

  if (printer != NULL)
    add_current_job (samples, printer, herald_clock_get_wall_ms (self->clock));

  return herald_wording_complete_values (kind, samples,
                                         printer != NULL ? herald_printer_get_name (printer) : _("Printer"),
                                         herald_clock_get_wall_ms (self->clock));
}

/**
 * herald_engine_render:
 * @printer: (nullable): id of a printer, whose current job gives the values
 * @title: (nullable): a template to try, instead of what is set
 * @text: (nullable): a template to try, instead of what is set
 *
 * Returns: (transfer full): what a message would say; nothing is sent
 */
HeraldRendering *
herald_engine_render (HeraldEngine     *self,
                      HeraldEventKind   kind,
                      const char       *printer,
                      const char       *title,
                      const char       *text,
                      GError          **error)
{
  g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (self->config, kind, printer);
  g_autoptr(HeraldValues) values = make_preview_values (self, kind, printer);
  g_auto(GStrv) title_problems = NULL;
  g_auto(GStrv) text_problems = NULL;
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();
  HeraldRendering *rendering = g_new0 (HeraldRendering, 1);

  if (title == NULL)
    title = settings->title;
  if (text == NULL)
    text = settings->text;

  title_problems = herald_template_check (title, kind);
  text_problems = herald_template_check (text, kind);
  g_strv_builder_addv (problems, (const char **) title_problems);
  g_strv_builder_addv (problems, (const char **) text_problems);

  rendering->title = herald_wording_make_title (title, values);
  rendering->text = herald_wording_make_text (text, values);
  rendering->problems = g_strv_builder_end (problems);

  return rendering;
}

void
herald_rendering_free (HeraldRendering *self)
{
  g_free (self->title);
  g_free (self->text);
  g_strfreev (self->problems);
  g_free (self);
}
