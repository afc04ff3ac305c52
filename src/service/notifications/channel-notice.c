/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-notice"

#include "service/notifications/channel-notice.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/told-problems.h"
#include "service/notifications/desktop-notice.h"

/**
 * HeraldChannelNotice:
 *
 * Tells the person at the desktop, past all channels, when one of them needs
 * them. Each problem is told once, and again only after it was solved or
 * somebody has tried to: not at each new start.
 */
struct _HeraldChannelNotice
{
  GObject parent_instance;

  HeraldEngine *engine;
  GCancellable *cancellable;
  GHashTable *notices; /* id of a channel → HeraldDesktopNotice */
  GHashTable *told;    /* id of a channel → what was told of it and is not solved */
};

G_DEFINE_FINAL_TYPE (HeraldChannelNotice, herald_channel_notice, G_TYPE_OBJECT)

/* One problem being told */
typedef struct
{
  GWeakRef self;
  char *channel;
  char *sentence;
} Telling;

static void
telling_free (Telling *telling)
{
  g_weak_ref_clear (&telling->self);
  g_free (telling->channel);
  g_free (telling->sentence);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static void
set_told (HeraldChannelNotice *self,
          const char          *channel,
          const char          *sentence)
{
  if (sentence != NULL)
    g_hash_table_insert (self->told, g_strdup (channel), g_strdup (sentence));
  else if (!g_hash_table_remove (self->told, channel))
    return;

  herald_told_problems_set (herald_outbox_get_database (herald_engine_get_outbox (self->engine)), channel, sentence);
}

static void
on_problem_shown (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Telling) telling = g_steal_pointer (&user_data);
  g_autoptr(HeraldChannelNotice) self = g_weak_ref_get (&telling->self);
  g_autoptr(GError) error = NULL;
  gboolean is_shown = herald_desktop_notice_show_finish (HERALD_DESKTOP_NOTICE (source), result, &error);

  if (is_shown && self != NULL)
    set_told (self, telling->channel, telling->sentence);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Nobody could be told about %s: %s", telling->channel, error->message);
}

static void
tell_problem (HeraldChannelNotice *self,
              HeraldChannel       *channel)
{
  const char *id = herald_channel_get_id (channel);
  /* Translators: the name of a channel, e.g. an e-mail account */
  g_autofree char *title = g_strdup_printf (_("“%s” needs you"), herald_channel_get_name (channel));
  HeraldDesktopNotice *notice = g_hash_table_lookup (self->notices, id);
  Telling *telling;

  if (g_strcmp0 (g_hash_table_lookup (self->told, id), herald_channel_get_sentence (channel)) == 0)
    return;

  if (notice == NULL)
    {
      notice = herald_desktop_notice_new ();
      g_hash_table_insert (self->notices, g_strdup (id), notice);
    }

  telling = g_new0 (Telling, 1);
  g_weak_ref_init (&telling->self, self);
  telling->channel = g_strdup (id);
  telling->sentence = g_strdup (herald_channel_get_sentence (channel));
  herald_desktop_notice_show_async (notice, title, herald_channel_get_problem (channel), self->cancellable,
                                    on_problem_shown, telling);
}

static void
forget_problem (HeraldChannelNotice *self,
                const char          *channel)
{
  HeraldDesktopNotice *notice = g_hash_table_lookup (self->notices, channel);

  if (notice != NULL)
    herald_desktop_notice_withdraw (notice);
  g_hash_table_remove (self->notices, channel);
  set_told (self, channel, NULL);
}

static void
on_problem_changed (HeraldChannel       *channel,
                    GParamSpec          *pspec,
                    HeraldChannelNotice *self)
{
  if (herald_channel_get_problem (channel) != NULL)
    tell_problem (self, channel);
  else
    forget_problem (self, herald_channel_get_id (channel));
}

/* What has gone through shows that nothing is wrong any more. */
static void
on_delivery (HeraldDeliveryNews   *news,
             const HeraldDelivery *delivery,
             HeraldChannelNotice  *self)
{
  if (delivery->state == HERALD_DELIVERY_DELIVERED)
    forget_problem (self, delivery->channel);
}

static void
add_channel (HeraldChannelNotice *self,
             HeraldChannel       *channel)
{
  HeraldDatabase *database = herald_outbox_get_database (herald_engine_get_outbox (self->engine));
  const char *id = herald_channel_get_id (channel);
  char *told = herald_told_problems_dup (database, id);

  if (told != NULL)
    g_hash_table_insert (self->told, g_strdup (id), told);
  g_signal_connect_object (channel, "notify::problem", G_CALLBACK (on_problem_changed), self, 0);
}

static void
forget_removed (HeraldChannelNotice *self)
{
  g_autofree char **ids = (char **) g_hash_table_get_keys_as_array (self->told, NULL);

  for (char **id = ids; *id != NULL; id++)
    {
      g_autofree char *channel = g_strdup (*id);

      if (herald_engine_find_channel (self->engine, channel) == NULL)
        forget_problem (self, channel);
    }
}

static void
on_channels_changed (GListModel          *channels,
                     guint                position,
                     guint                n_removed,
                     guint                n_added,
                     HeraldChannelNotice *self)
{
  if (n_removed > 0)
    forget_removed (self);

  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      add_channel (self, channel);
    }
}

/* GObject */

static void
herald_channel_notice_dispose (GObject *object)
{
  HeraldChannelNotice *self = HERALD_CHANNEL_NOTICE (object);

  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->notices);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_channel_notice_parent_class)->dispose (object);
}

static void
herald_channel_notice_finalize (GObject *object)
{
  HeraldChannelNotice *self = HERALD_CHANNEL_NOTICE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->notices, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);

  G_OBJECT_CLASS (herald_channel_notice_parent_class)->finalize (object);
}

static void
herald_channel_notice_class_init (HeraldChannelNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_channel_notice_dispose;
  object_class->finalize = herald_channel_notice_finalize;
}

static void
herald_channel_notice_init (HeraldChannelNotice *self)
{
  self->cancellable = g_cancellable_new ();
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

HeraldChannelNotice *
herald_channel_notice_new (HeraldEngine       *engine,
                           HeraldDeliveryNews *news)
{
  HeraldChannelNotice *self = g_object_new (HERALD_TYPE_CHANNEL_NOTICE, NULL);
  GListModel *channels = herald_engine_get_channels (engine);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (on_channels_changed), self, 0);
  g_signal_connect_object (news, "delivery", G_CALLBACK (on_delivery), self, 0);
  on_channels_changed (channels, 0, 0, g_list_model_get_n_items (channels), self);

  return self;
}
