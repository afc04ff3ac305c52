/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-events"

#include "core/engine-private.h"

#include "core/routing/router.h"

/* Nobody fetches a picture or runs a script for what is not told. */
static void
silence_all (GPtrArray  *drafts,
             const char *why)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);

      g_free (draft->silence);
      draft->silence = g_strdup (why);
    }
}

/**
 * herald_engine_accept:
 * @printer_name: what people call the printer; empty if it concerns none
 * @only_channels: (nullable): `all` or ids separated by commas, instead of what is set
 * @picture: (nullable): goes with it
 *
 * What happens becomes messages, which are on the disk when this returns, or with the transaction that is under way.
 *
 * Returns: the event's id; 0 if it is known already, or with @error set
 */
gint64
herald_engine_accept (HeraldEngine   *self,
                      HeraldEvent    *event,
                      const char     *printer_name,
                      const char     *only_channels,
                      HeraldPicture  *picture,
                      GError        **error)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(HeraldIllustrationJob) job = NULL;
  g_autoptr(HeraldDeskWait) wait = NULL;
  g_autofree char *silence = only_channels == NULL ? herald_engine_dup_silence (self, event) : NULL;
  gint64 id = 0;

  drafts = herald_router_route (self->config, G_LIST_MODEL (self->channels), event, printer_name, only_channels);
  if (silence != NULL)
    silence_all (drafts, silence);
  else
    {
      job = herald_illustrator_prepare (self->illustrator, event, printer_name, picture, drafts);
      wait = herald_desk_prepare (self->desk, event, drafts);
    }
  if (!herald_outbox_accept (self->outbox, event, drafts, &id, error))
    return 0;

  if (id != 0)
    herald_engine_note_print (self, event);
  g_debug ("%s: %u deliveries", event->dedupe, drafts->len);
  if (job != NULL && id != 0)
    herald_illustrator_begin (self->illustrator, g_steal_pointer (&job), id);
  if (wait != NULL && id != 0)
    herald_desk_begin (self->desk, g_steal_pointer (&wait), id);

  return id;
}

/* Returns: (transfer full): an event of this computer's own */
static HeraldEvent *
make_local_event (HeraldEngine    *self,
                  HeraldEventKind  kind,
                  const char      *printer,
                  HeraldValues    *values)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *dedupe = g_strdup_printf ("local|%s|%s", herald_event_kind_get_info (kind)->id, random);

  return herald_event_new (kind, HERALD_SOURCE_LOCAL, printer, NULL, dedupe, herald_clock_get_wall_ms (self->clock),
                           values);
}

/**
 * herald_engine_send:
 * @title: what the templates of @kind use as title
 * @text: what the templates of @kind use as text
 * @channels: `all` or ids separated by commas
 * @picture: (nullable): goes with it, where pictures can
 *
 * Hands a message of this computer to the outbox, also while everything else is muted.
 *
 * Returns: the event's id, 0 with @error set
 */
gint64
herald_engine_send (HeraldEngine     *self,
                    HeraldEventKind   kind,
                    const char       *title,
                    const char       *text,
                    const char       *channels,
                    HeraldPicture    *picture,
                    GError          **error)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;

  herald_values_set (values, "title", title);
  herald_values_set (values, "text", text);
  event = make_local_event (self, kind, NULL, values);

  return herald_engine_accept (self, event, "", channels, picture, error);
}

/**
 * herald_engine_send_test:
 * @channel: id of a channel
 * @printer: (nullable): whose camera takes the picture; %NULL for the first that has one
 *
 * Hands the test message to the outbox, which tries it at once, whatever waits and whatever holds the channel.
 *
 * Returns: the event's id, 0 with @error set
 */
gint64
herald_engine_send_test (HeraldEngine   *self,
                         const char     *channel,
                         HeraldPrinter  *printer,
                         GError        **error)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  const char *id = printer != NULL ? herald_printer_get_id (printer) : NULL;
  const char *name = printer != NULL ? herald_printer_get_name (printer) : "";
  g_autoptr(HeraldEvent) event = make_local_event (self, HERALD_KIND_TEST, id, values);

  return herald_engine_accept (self, event, name, channel, NULL, error);
}
