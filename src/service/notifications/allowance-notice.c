/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-allowance-notice"

#include "service/notifications/allowance-notice.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/told-problems.h"
#include "service/bus/channel-spending.h"
#include "service/notifications/desktop-notice.h"

/* What is left out comes in swarms. */
#define SWARM_S 5

/* Beside the problems of channels, which have the id of the channel alone */
#define TOLD_PREFIX "allowance "

/**
 * HeraldAllowanceNotice:
 *
 * Tells the person at the desktop once a day that a channel has sent what it
 * may, and what became of the rest. A new start does not tell it again.
 */
struct _HeraldAllowanceNotice
{
  GObject parent_instance;

  HeraldEngine *engine;
  GCancellable *cancellable;
  GHashTable *notices; /* id of a channel → HeraldDesktopNotice */
  GHashTable *waiting; /* ids of channels of which is told soon */
  guint swarm_id;
};

G_DEFINE_FINAL_TYPE (HeraldAllowanceNotice, herald_allowance_notice, G_TYPE_OBJECT)

/* One being told */
typedef struct
{
  GWeakRef self;
  char *key;
  char *day;
} Telling;

static void
telling_free (Telling *telling)
{
  g_weak_ref_clear (&telling->self);
  g_free (telling->key);
  g_free (telling->day);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static HeraldDatabase *
get_database (HeraldAllowanceNotice *self)
{
  return herald_outbox_get_database (herald_engine_get_outbox (self->engine));
}

static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Telling) telling = g_steal_pointer (&user_data);
  g_autoptr(HeraldAllowanceNotice) self = g_weak_ref_get (&telling->self);
  g_autoptr(GError) error = NULL;
  gboolean is_shown = herald_desktop_notice_show_finish (HERALD_DESKTOP_NOTICE (source), result, &error);

  if (is_shown && self != NULL)
    herald_told_problems_set (get_database (self), telling->key, telling->day);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Nobody could be told what was left out: %s", error->message);
}

static char *
make_text (const HeraldAllowanceReport *report)
{
  guint n = report->n_digested + report->n_left_out;
  g_autofree char *summary = herald_channel_spending_describe (report);
  g_autofree char *rest =
    g_strdup_printf (ngettext ("%u message was put together with others or left out.",
                               "%u messages were put together or left out.", n), n);

  /* Translators: a sentence on how many were left out, then what was sent and spent */
  return g_strdup_printf (_("%s So far: %s. The history says why for each."), rest, summary);
}

static void
tell (HeraldAllowanceNotice *self,
      HeraldChannel         *channel)
{
  const char *id = herald_channel_get_id (channel);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *key = g_strconcat (TOLD_PREFIX, id, NULL);
  g_autofree char *told = herald_told_problems_dup (get_database (self), key);
  /* Translators: the name of a channel, e.g. an account at X */
  g_autofree char *title = g_strdup_printf (_("“%s” has sent what it may today"), herald_channel_get_name (channel));
  g_autofree char *text = NULL;
  HeraldDesktopNotice *notice = g_hash_table_lookup (self->notices, id);
  HeraldAllowanceReport report;
  Telling *telling;

  if (g_strcmp0 (told, day) == 0 || !herald_outbox_query_allowance (herald_engine_get_outbox (self->engine), channel, &report))
    return;
  /* It was left out yesterday, some seconds ago. */
  if (report.n_digested + report.n_left_out == 0)
    return;

  if (notice == NULL)
    {
      notice = herald_desktop_notice_new ();
      g_hash_table_insert (self->notices, g_strdup (id), notice);
    }

  telling = g_new0 (Telling, 1);
  g_weak_ref_init (&telling->self, self);
  telling->key = g_steal_pointer (&key);
  telling->day = g_steal_pointer (&day);
  text = make_text (&report);
  herald_desktop_notice_show_async (notice, title, text, self->cancellable, on_shown, telling);
}

static gboolean
on_swarm_timeout (gpointer user_data)
{
  HeraldAllowanceNotice *self = user_data;
  GHashTableIter iter;
  gpointer id;

  self->swarm_id = 0;
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      HeraldChannel *channel = herald_engine_find_channel (self->engine, id);

      if (channel != NULL)
        tell (self, channel);
    }
  g_hash_table_remove_all (self->waiting);

  return G_SOURCE_REMOVE;
}

static void
on_delivery (HeraldDeliveryNews    *news,
             const HeraldDelivery  *delivery,
             HeraldAllowanceNotice *self)
{
  /* Who tests a channel is looking at the answer. */
  if (!delivery->is_left_out || delivery->message == NULL || delivery->message->kind == HERALD_KIND_TEST)
    return;

  g_hash_table_add (self->waiting, g_strdup (delivery->channel));
  if (self->swarm_id == 0)
    self->swarm_id = g_timeout_add_seconds (SWARM_S, on_swarm_timeout, self);
}

/* GObject */

static void
herald_allowance_notice_dispose (GObject *object)
{
  HeraldAllowanceNotice *self = HERALD_ALLOWANCE_NOTICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->swarm_id, g_source_remove);
  g_hash_table_remove_all (self->notices);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_allowance_notice_parent_class)->dispose (object);
}

static void
herald_allowance_notice_finalize (GObject *object)
{
  HeraldAllowanceNotice *self = HERALD_ALLOWANCE_NOTICE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->notices, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_hash_table_unref);

  G_OBJECT_CLASS (herald_allowance_notice_parent_class)->finalize (object);
}

static void
herald_allowance_notice_class_init (HeraldAllowanceNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_allowance_notice_dispose;
  object_class->finalize = herald_allowance_notice_finalize;
}

static void
herald_allowance_notice_init (HeraldAllowanceNotice *self)
{
  self->cancellable = g_cancellable_new ();
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

HeraldAllowanceNotice *
herald_allowance_notice_new (HeraldEngine       *engine,
                             HeraldDeliveryNews *news)
{
  HeraldAllowanceNotice *self = g_object_new (HERALD_TYPE_ALLOWANCE_NOTICE, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (news, "delivery", G_CALLBACK (on_delivery), self, 0);

  return self;
}
