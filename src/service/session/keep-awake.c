/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-keep-awake"

#include "service/session/keep-awake.h"

#include "core/store/preferences.h"

#define PREFERENCE "keep-awake"

/* A laptop without a network shall not run until its battery is empty. */
#define STRETCH_MAX_US (10 * 60 * G_USEC_PER_SEC)

/**
 * HeraldKeepAwake:
 *
 * Whether the computer shall stay awake: if the user wants that, while a message waits that can still go, and for ten
 * minutes at most in which not one did. Messages that wait for a person, or were put off by one, do not count.
 */
struct _HeraldKeepAwake
{
  GObject parent_instance;

  HeraldEngine *engine;
  guint stretch_id;
  gint64 left_us;      /* of the ten minutes */
  gint64 since_us;     /* when the stretch began, if there is one */
  gboolean is_needed;
};

G_DEFINE_FINAL_TYPE (HeraldKeepAwake, herald_keep_awake, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} HeraldKeepAwakeSignal;

static guint signals[SIGNAL_CHANGED + 1];

static void
set_needed (HeraldKeepAwake *self,
            gboolean         is_needed)
{
  if (self->is_needed == is_needed)
    return;

  self->is_needed = is_needed;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_stretch_timeout (gpointer user_data)
{
  HeraldKeepAwake *self = user_data;

  g_message ("No message could be sent for a while; this computer may sleep");
  self->stretch_id = 0;
  self->left_us = 0;
  set_needed (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
begin_stretch (HeraldKeepAwake *self)
{
  self->since_us = g_get_monotonic_time ();
  self->stretch_id = g_timeout_add ((guint) (self->left_us / 1000) + 1, on_stretch_timeout, self);
}

/* What has passed of it has passed: messages that expire and come anew all day get nobody ten minutes each. */
static void
end_stretch (HeraldKeepAwake *self)
{
  if (self->stretch_id != 0)
    self->left_us = MAX (self->left_us - (g_get_monotonic_time () - self->since_us), 0);
  g_clear_handle_id (&self->stretch_id, g_source_remove);
}

static void
update (HeraldKeepAwake *self)
{
  gboolean is_wanted = herald_preferences_get_boolean (herald_engine_get_config (self->engine), PREFERENCE);
  HeraldLedger ledger = { 0 };
  gboolean waits;

  if (is_wanted)
    herald_outbox_get_ledger (herald_engine_get_outbox (self->engine), &ledger);
  waits = ledger.waiting > ledger.put_off;
  if (!waits)
    end_stretch (self);
  if (!is_wanted)
    self->left_us = STRETCH_MAX_US;
  if (waits && self->stretch_id == 0 && self->left_us > 0)
    begin_stretch (self);

  set_needed (self, self->stretch_id != 0);
}

static gboolean
is_delivered (HeraldKeepAwake *self,
              gint64           id)
{
  const HeraldHistoryFilter filter = { .delivery = id, .limit = 1 };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (herald_engine_get_outbox (self->engine), &filter, NULL);

  return rows != NULL && rows->len == 1 && ((HeraldDelivery *) rows->pdata[0])->state == HERALD_DELIVERY_DELIVERED;
}

/* Only what has arrived is progress: what is new, replaced, too old or discarded says nothing of the network. */
static void
on_delivery_changed (HeraldOutbox    *outbox,
                     gint64           id,
                     HeraldKeepAwake *self)
{
  if (herald_preferences_get_boolean (herald_engine_get_config (self->engine), PREFERENCE) && is_delivered (self, id))
    {
      end_stretch (self);
      self->left_us = STRETCH_MAX_US;
    }
  update (self);
}

static void
on_problem_changed (HeraldChannel   *channel,
                    GParamSpec      *pspec,
                    HeraldKeepAwake *self)
{
  update (self);
}

/* A channel that is held does not wait, and is told by the channel itself. */
static void
on_channels_changed (GListModel      *channels,
                     guint            position,
                     guint            n_removed,
                     guint            n_added,
                     HeraldKeepAwake *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      g_signal_connect_object (channel, "notify::problem", G_CALLBACK (on_problem_changed), self, 0);
    }
  update (self);
}

/* GObject */

static void
herald_keep_awake_dispose (GObject *object)
{
  HeraldKeepAwake *self = HERALD_KEEP_AWAKE (object);

  g_clear_handle_id (&self->stretch_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_keep_awake_parent_class)->dispose (object);
}

static void
herald_keep_awake_class_init (HeraldKeepAwakeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_keep_awake_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
herald_keep_awake_init (HeraldKeepAwake *self)
{
}

HeraldKeepAwake *
herald_keep_awake_new (HeraldEngine *engine)
{
  HeraldKeepAwake *self = g_object_new (HERALD_TYPE_KEEP_AWAKE, NULL);
  GListModel *channels = herald_engine_get_channels (engine);

  self->engine = g_object_ref (engine);
  self->left_us = STRETCH_MAX_US;
  g_signal_connect_object (herald_engine_get_outbox (engine), "delivery-changed", G_CALLBACK (on_delivery_changed), self, 0);
  g_signal_connect_object (herald_engine_get_config (engine), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (on_channels_changed), self, 0);
  on_channels_changed (channels, 0, 0, g_list_model_get_n_items (channels), self);

  return self;
}

gboolean
herald_keep_awake_is_needed (HeraldKeepAwake *self)
{
  return self->is_needed;
}
