/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-preview-values"

#include "core/engine-preview-values.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-private.h"
#include "core/outbox/past-event.h"
#include "core/printers/event-values.h"
#include "core/printers/job-values.h"
#include "core/words/wording.h"

/* Takes @event and @printer_name. */
static HeraldPreviewValues *
take (HeraldEvent *event,
      char        *printer_name,
      const char  *from)
{
  HeraldPreviewValues *self = g_new0 (HeraldPreviewValues, 1);

  self->event = event;
  self->printer_name = printer_name;
  self->from = from;

  return self;
}

/* Messages of another program, and tests, are not about a printer. */
static gboolean
is_about_printer (HeraldEventKind kind)
{
  return kind != HERALD_KIND_CUSTOM && kind != HERALD_KIND_TEST;
}

static HeraldPreviewValues *
make_from_event (HeraldEngine *engine,
                 HeraldEvent  *event)
{
  HeraldPrinter *printer = event->printer != NULL ? herald_engine_find_printer (engine, event->printer) : NULL;
  const char *name = event->printer != NULL ? event->printer : "";

  /* A printer that is gone is called by its id. */
  return take (herald_event_ref (event), g_strdup (printer != NULL ? herald_printer_get_name (printer) : name),
               "event");
}

/* (nullable): %NULL if it prints nothing */
static HeraldPreviewValues *
make_from_job (HeraldEngine    *engine,
               HeraldEventKind  kind,
               HeraldPrinter   *printer)
{
  gint64 now_ms = herald_clock_get_wall_ms (engine->clock);
  HeraldPrinterState *state = herald_printer_get_state (printer);
  g_autoptr(HeraldValues) values = herald_wording_sample_values (kind);
  g_autoptr(HeraldValues) current = herald_job_values_from_state (state);

  /* A file stays selected when its print is over. */
  if (!herald_state_id_has_job (state->id) || herald_job_values_get_path (current) == NULL)
    return NULL;

  /* What is not known yet, like how long it will have taken, stays a sample. */
  herald_job_values_set_file (current);
  herald_job_values_add_progress (current, state, now_ms);
  herald_event_values_add_temperatures (current, state);
  herald_values_merge (values, current);

  return take (herald_event_new (kind, HERALD_SOURCE_LIVE, herald_printer_get_id (printer), NULL, NULL, now_ms, values),
               g_strdup (herald_printer_get_name (printer)), "current");
}

static HeraldPreviewValues *
find_current_job (HeraldEngine    *engine,
                  HeraldEventKind  kind,
                  HeraldPrinter   *printer)
{
  GListModel *printers = herald_engine_get_printers (engine);

  if (!is_about_printer (kind))
    return NULL;
  if (printer != NULL)
    return make_from_job (engine, kind, printer);

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) candidate = g_list_model_get_item (printers, i);
      HeraldPreviewValues *values = make_from_job (engine, kind, candidate);

      if (values != NULL)
        return values;
    }

  return NULL;
}

/* The longest, so that what fits with it fits with all */
static char *
dup_sample_name (HeraldEngine    *engine,
                 HeraldEventKind  kind,
                 HeraldPrinter   *printer)
{
  GListModel *printers = herald_engine_get_printers (engine);
  g_autofree char *longest = NULL;

  /* A test can be about the printer whose camera takes its picture. */
  if (printer != NULL && kind != HERALD_KIND_CUSTOM)
    return g_strdup (herald_printer_get_name (printer));
  if (!is_about_printer (kind))
    return g_strdup ("");

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) candidate = g_list_model_get_item (printers, i);
      const char *name = herald_printer_get_name (candidate);

      if (longest == NULL || g_utf8_strlen (name, -1) > g_utf8_strlen (longest, -1))
        {
          g_free (longest);
          longest = g_strdup (name);
        }
    }

  return longest != NULL ? g_steal_pointer (&longest) : g_strdup (_("Printer"));
}

static HeraldPreviewValues *
make_samples (HeraldEngine    *engine,
              HeraldEventKind  kind,
              HeraldPrinter   *printer)
{
  g_autoptr(HeraldValues) values = herald_wording_sample_values (kind);

  return take (herald_event_new (kind, HERALD_SOURCE_LIVE, printer != NULL ? herald_printer_get_id (printer) : NULL,
                                 NULL, NULL, herald_clock_get_wall_ms (engine->clock), values),
               dup_sample_name (engine, kind, printer), "sample");
}

static HeraldPreviewValues *
load_event (HeraldEngine     *engine,
            HeraldEventKind   kind,
            gint64            id,
            GError          **error)
{
  HeraldDatabase *database = herald_outbox_get_database (engine->outbox);
  g_autoptr(HeraldEvent) event = herald_past_event_load (database, id, error);

  if (event == NULL)
    return NULL;
  if (event->kind == kind)
    return make_from_event (engine, event);

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               /* Translators: two ids of kinds of event, e.g. print-done */
               _("That event is of the kind “%s”, not “%s”"), herald_event_kind_get_info (event->kind)->id,
               herald_event_kind_get_info (kind)->id);
  return NULL;
}

static HeraldPreviewValues *
find_last_event (HeraldEngine    *engine,
                 HeraldEventKind  kind,
                 const char      *printer)
{
  HeraldDatabase *database = herald_outbox_get_database (engine->outbox);
  g_autoptr(HeraldEvent) event = herald_past_event_load_last (database, kind, printer, NULL);

  return event != NULL ? make_from_event (engine, event) : NULL;
}

/**
 * herald_preview_values_find:
 *
 * Without a printer, the first that is printing gives the values; then the last
 * event of any.
 *
 * Returns: (transfer full): the values @request asks for, by default the most real ones there are; %NULL with
 *   HERALD_ERROR_SETTINGS if there are none such
 */
HeraldPreviewValues *
herald_preview_values_find (HeraldEngine               *engine,
                            HeraldEventKind             kind,
                            const HeraldRenderRequest  *request,
                            GError                    **error)
{
  HeraldPrinter *printer = request->printer != NULL ? herald_engine_find_printer (engine, request->printer) : NULL;
  HeraldPreviewValues *values = NULL;

  if (request->event != 0)
    return load_event (engine, kind, request->event, error);
  if (request->choice == HERALD_VALUES_SAMPLE)
    return make_samples (engine, kind, printer);

  values = find_current_job (engine, kind, printer);
  if (values != NULL)
    return values;
  if (request->choice == HERALD_VALUES_CURRENT)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("Nothing is being printed now that could give the values"));
      return NULL;
    }

  values = find_last_event (engine, kind, request->printer);

  return values != NULL ? values : make_samples (engine, kind, printer);
}

void
herald_preview_values_free (HeraldPreviewValues *self)
{
  g_clear_pointer (&self->event, herald_event_unref);
  g_free (self->printer_name);
  g_free (self);
}
