/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-mute"

#include "core/engine-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/outbox/mute-memory.h"

/* What is kept quiet: everything for a time, or one print to its end. Both are kept over a restart. */

static HeraldDatabase *
get_database (HeraldEngine *self)
{
  return herald_outbox_get_database (self->outbox);
}

/* Of the print that is under way, as far as we know */
static char *
dup_print (HeraldEngine *self,
           const char   *printer)
{
  return herald_mute_memory_dup_open_print (get_database (self), printer);
}

static void
tell_changed (HeraldEngine *self,
              const char   *printer)
{
  g_signal_emit_by_name (self, "print-muted-changed", printer);
}

/* The print may be over without anybody having heard how. */
static void
on_printer_state_changed (HeraldPrinter *printer,
                          GParamSpec    *pspec,
                          HeraldEngine  *self)
{
  const char *id = herald_printer_get_id (printer);
  const char *muted = g_hash_table_lookup (self->muted_prints, id);
  g_autofree char *print = NULL;

  if (muted == NULL || herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED ||
      herald_state_id_has_job (herald_printer_get_state (printer)->id))
    return;

  print = dup_print (self, id);
  if (g_strcmp0 (print, muted) != 0)
    herald_engine_unmute_print (self, id);
}

static void
on_printers_changed (GListModel   *printers,
                     guint         position,
                     guint         n_removed,
                     guint         n_added,
                     HeraldEngine *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      g_signal_connect_object (printer, "notify::state", G_CALLBACK (on_printer_state_changed), self, G_CONNECT_DEFAULT);
    }
}

/**
 * herald_engine_load_mutes:
 *
 * To be called before there are printers.
 */
void
herald_engine_load_mutes (HeraldEngine *self)
{
  self->muted_until_ms = herald_mute_memory_get_until_ms (get_database (self));
  self->muted_prints = herald_mute_memory_load_prints (get_database (self));
  g_signal_connect_object (self->printers, "items-changed", G_CALLBACK (on_printers_changed), self, G_CONNECT_DEFAULT);
}

/* A pause is critical as nothing prints until it ends, but no failure: one that no person has made calls for one. */
gboolean
herald_engine_goes_wrong (HeraldEvent *event)
{
  return event->urgency == HERALD_URGENCY_CRITICAL && event->kind != HERALD_KIND_PRINT_PAUSED;
}

/**
 * herald_engine_dup_silence:
 *
 * Returns: (transfer full) (nullable): why @event is written down and not told; %NULL if it is told
 */
char *
herald_engine_dup_silence (HeraldEngine *self,
                           HeraldEvent  *event)
{
  const char *muted = event->printer != NULL ? g_hash_table_lookup (self->muted_prints, event->printer) : NULL;

  if (herald_engine_get_muted_until (self) != 0)
    return g_strdup (_("Not told: everything was muted."));
  if (muted != NULL && !herald_engine_goes_wrong (event) && g_strcmp0 (event->job, muted) == 0)
    return g_strdup (_("Not told: this print was muted."));

  return herald_engine_dup_quiet (self, event);
}

/**
 * herald_engine_note_print:
 * @event: was just written down
 *
 * Its end ends what was said of a print, and so does another print.
 */
void
herald_engine_note_print (HeraldEngine *self,
                          HeraldEvent  *event)
{
  const char *muted = event->printer != NULL ? g_hash_table_lookup (self->muted_prints, event->printer) : NULL;

  if (muted != NULL && event->job != NULL &&
      (herald_event_kind_is_outcome (event->kind) || !g_str_equal (event->job, muted)))
    herald_engine_unmute_print (self, event->printer);
}

/**
 * herald_engine_mute:
 * @until_ms: milliseconds since 1970; 0 to speak again
 *
 * While muted, what happens is recorded and not told.
 */
void
herald_engine_mute (HeraldEngine *self,
                    gint64        until_ms)
{
  if (self->muted_until_ms == until_ms)
    return;

  self->muted_until_ms = until_ms;
  herald_mute_memory_set_until_ms (get_database (self), until_ms);
  g_object_notify (G_OBJECT (self), "muted-until");
}

/**
 * herald_engine_get_muted_until:
 *
 * Returns: milliseconds since 1970; 0 if not muted
 */
gint64
herald_engine_get_muted_until (HeraldEngine *self)
{
  if (self->muted_until_ms <= herald_clock_get_wall_ms (self->clock))
    return 0;

  return self->muted_until_ms;
}

gboolean
herald_engine_mute_print (HeraldEngine  *self,
                          const char    *printer,
                          GError       **error)
{
  g_autofree char *print = dup_print (self, printer);

  if (print == NULL || herald_engine_find_printer (self, printer) == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                           _("Nothing is being printed, so there is no print to mute."));
      return FALSE;
    }
  if (herald_engine_is_print_muted (self, printer))
    return TRUE;

  herald_mute_memory_set_print (get_database (self), printer, print);
  g_hash_table_insert (self->muted_prints, g_strdup (printer), g_steal_pointer (&print));
  tell_changed (self, printer);

  return TRUE;
}

void
herald_engine_unmute_print (HeraldEngine *self,
                            const char   *printer)
{
  g_autofree char *id = g_strdup (printer);

  if (!g_hash_table_remove (self->muted_prints, id))
    return;

  herald_mute_memory_set_print (get_database (self), id, NULL);
  tell_changed (self, id);
}

gboolean
herald_engine_is_print_muted (HeraldEngine *self,
                              const char   *printer)
{
  return g_hash_table_contains (self->muted_prints, printer);
}

gboolean
herald_engine_is_print_under_way (HeraldEngine *self,
                                  const char   *printer,
                                  const char   *print)
{
  g_autofree char *known = dup_print (self, printer);

  return known != NULL && g_str_equal (known, print);
}
