/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-removal"

#include "window/accounts/channel-removal.h"

#include <glib/gi18n-lib.h>

#include "window/base/notice.h"

/* The program waits for it when it ends: a service that is slow gets some seconds. */
#define REMOVE_LIMIT_MS 10000

/**
 * HeraldChannelRemoval:
 *
 * Removes accounts once the offer to take that back is gone; until then they are only not shown. It is the filter that hides
 * them. What is to be removed when the window closes is removed all the same.
 */
struct _HeraldChannelRemoval
{
  GtkFilter parent_instance;

  HeraldServiceLink *link;
  GHashTable *hidden; /* ids */
};

G_DEFINE_FINAL_TYPE (HeraldChannelRemoval, herald_channel_removal, GTK_TYPE_FILTER)

/* One account on its way out
 * @overlay: (nullable): where to say that it has failed; %NULL once the window is gone */
typedef struct
{
  HeraldChannelRemoval *removal;
  char *id;
  GtkWidget *overlay;
  gboolean is_taken_back;
} Leave;

static void
leave_free (Leave *self)
{
  g_clear_weak_pointer (&self->overlay);
  g_clear_object (&self->removal);
  g_clear_pointer (&self->id, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leave, leave_free)

static void
show_again (HeraldChannelRemoval *self,
            const char           *id)
{
  if (g_hash_table_remove (self->hidden, id))
    gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_LESS_STRICT);
}

static void
on_remove_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Leave) leave = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);

  if (answer == NULL && leave->overlay != NULL)
    herald_notice_show_error (leave->overlay, error);
  show_again (leave->removal, leave->id);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

/* The program must not end before the service has heard of it. */
static void
on_offer_over (gpointer user_data)
{
  g_autoptr(Leave) leave = g_steal_pointer (&user_data);
  HeraldDBusService1 *service = herald_service_link_get_service (leave->removal->link);

  if (leave->is_taken_back || service == NULL)
    {
      show_again (leave->removal, leave->id);
      return;
    }

  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  g_dbus_proxy_call (G_DBUS_PROXY (service), "RemoveChannel", g_variant_new ("(s)", leave->id), G_DBUS_CALL_FLAGS_NONE,
                     REMOVE_LIMIT_MS, NULL, on_remove_ready, leave);
  g_steal_pointer (&leave);
}

static void
on_undo (gpointer user_data)
{
  Leave *leave = user_data;

  leave->is_taken_back = TRUE;
  show_again (leave->removal, leave->id);
}

/* GtkFilter */

static gboolean
herald_channel_removal_match (GtkFilter *filter,
                              gpointer   item)
{
  const char *id = herald_dbus_channel1_get_id (HERALD_DBUS_CHANNEL1 (item));

  return id == NULL || !g_hash_table_contains (HERALD_CHANNEL_REMOVAL (filter)->hidden, id);
}

/* GObject */

static void
herald_channel_removal_dispose (GObject *object)
{
  HeraldChannelRemoval *self = HERALD_CHANNEL_REMOVAL (object);

  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_channel_removal_parent_class)->dispose (object);
}

static void
herald_channel_removal_class_init (HeraldChannelRemovalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_channel_removal_dispose;
  GTK_FILTER_CLASS (klass)->match = herald_channel_removal_match;
}

static void
herald_channel_removal_init (HeraldChannelRemoval *self)
{
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

HeraldChannelRemoval *
herald_channel_removal_new (HeraldServiceLink *link)
{
  HeraldChannelRemoval *self = g_object_new (HERALD_TYPE_CHANNEL_REMOVAL, NULL);

  self->link = g_object_ref (link);

  return self;
}

void
herald_channel_removal_begin (HeraldChannelRemoval *self,
                              GtkWidget            *from,
                              HeraldDBusChannel1   *channel)
{
  /* Translators: the name of an account */
  g_autofree char *sentence = g_strdup_printf (_("“%s” is removed."), herald_dbus_channel1_get_name (channel));
  Leave *leave;

  if (!g_hash_table_add (self->hidden, g_strdup (herald_dbus_channel1_get_id (channel))))
    return;

  leave = g_new0 (Leave, 1);
  leave->removal = g_object_ref (self);
  leave->id = g_strdup (herald_dbus_channel1_get_id (channel));
  g_set_weak_pointer (&leave->overlay, from);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_MORE_STRICT);
  herald_notice_offer_undo (from, sentence, on_undo, leave, on_offer_over);
}
