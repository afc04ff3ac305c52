/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-refusal-notice"

#include "service/notifications/refusal-notice.h"

#include <glib/gi18n-lib.h>

#include "service/notifications/desktop-notice.h"

/* Messages that are refused come in swarms: one for each recipient, and the next event is near. */
#define SWARM_S 3

/* Who has been told that messages do not arrive need not hear of each. */
#define AGAIN_S (15 * 60)

/**
 * HeraldRefusalNotice:
 *
 * Tells the person at the desktop, past all channels, when messages were
 * refused for good: many at once, and not again within a quarter of an hour.
 */
struct _HeraldRefusalNotice
{
  GObject parent_instance;

  GCancellable *cancellable;
  HeraldDesktopNotice *notice;
  guint n_refused;
  char *last_refusal;
  gint64 shown_us;
  guint swarm_id;
};

G_DEFINE_FINAL_TYPE (HeraldRefusalNotice, herald_refusal_notice, G_TYPE_OBJECT)

static void
on_shown (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!herald_desktop_notice_show_finish (HERALD_DESKTOP_NOTICE (source), result, &error) && error != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Nobody could be told about refused messages: %s", error->message);
}

static gboolean
on_swarm_timeout (gpointer user_data)
{
  HeraldRefusalNotice *self = user_data;
  g_autofree char *title =
    g_strdup_printf (ngettext ("%u message did not arrive", "%u messages did not arrive", self->n_refused),
                     self->n_refused);
  g_autofree char *text = self->n_refused == 1
                            ? g_strdup (self->last_refusal)
                            /* Translators: what is wrong with one of several messages */
                            : g_strdup_printf (_("The last: %s The history shows them all."), self->last_refusal);

  self->swarm_id = 0;
  self->n_refused = 0;
  self->shown_us = g_get_monotonic_time ();
  herald_desktop_notice_show_async (self->notice, title, text, self->cancellable, on_shown, NULL);

  return G_SOURCE_REMOVE;
}

static void
note_refusal (HeraldRefusalNotice  *self,
              const HeraldDelivery *delivery)
{
  gint64 since_s = (g_get_monotonic_time () - self->shown_us) / G_USEC_PER_SEC;
  gint64 wait_s = self->shown_us == 0 ? SWARM_S : MAX (SWARM_S, AGAIN_S - since_s);

  self->n_refused++;
  g_free (self->last_refusal);
  /* Translators: an address, then a sentence that says what is wrong */
  self->last_refusal = g_strdup_printf (_("%s: %s"), delivery->destination,
                                        delivery->reason != NULL ? delivery->reason : "");
  if (self->swarm_id == 0)
    self->swarm_id = g_timeout_add_seconds ((guint) wait_s, on_swarm_timeout, self);
}

static void
on_delivery (HeraldDeliveryNews   *news,
             const HeraldDelivery *delivery,
             HeraldRefusalNotice  *self)
{
  gboolean is_refused = delivery->state == HERALD_DELIVERY_REJECTED || delivery->state == HERALD_DELIVERY_QUARANTINED;

  /* Who tests a channel is looking at the answer. */
  if (is_refused && delivery->message != NULL && delivery->message->kind != HERALD_KIND_TEST)
    note_refusal (self, delivery);
}

/* GObject */

static void
herald_refusal_notice_dispose (GObject *object)
{
  HeraldRefusalNotice *self = HERALD_REFUSAL_NOTICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->swarm_id, g_source_remove);
  g_clear_object (&self->notice);

  G_OBJECT_CLASS (herald_refusal_notice_parent_class)->dispose (object);
}

static void
herald_refusal_notice_finalize (GObject *object)
{
  HeraldRefusalNotice *self = HERALD_REFUSAL_NOTICE (object);

  g_clear_object (&self->cancellable);
  g_free (self->last_refusal);

  G_OBJECT_CLASS (herald_refusal_notice_parent_class)->finalize (object);
}

static void
herald_refusal_notice_class_init (HeraldRefusalNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_refusal_notice_dispose;
  object_class->finalize = herald_refusal_notice_finalize;
}

static void
herald_refusal_notice_init (HeraldRefusalNotice *self)
{
  self->cancellable = g_cancellable_new ();
  self->notice = herald_desktop_notice_new ();
}

HeraldRefusalNotice *
herald_refusal_notice_new (HeraldDeliveryNews *news)
{
  HeraldRefusalNotice *self = g_object_new (HERALD_TYPE_REFUSAL_NOTICE, NULL);

  g_signal_connect_object (news, "delivery", G_CALLBACK (on_delivery), self, 0);

  return self;
}
