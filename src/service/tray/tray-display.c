/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-display"

#include "service/tray/tray-display.h"

#include <glib/gi18n-lib.h>

#include "core/engine-quiet.h"
#include "core/outbox/mute-memory.h"
#include "service/notifications/plain-notice.h"
#include "service/actions/printer-verb.h"
#include "service/tray/tray-actions.h"
#include "service/tray/tray-item.h"
#include "service/tray/tray-menu.h"
#include "service/tray/tray-model.h"
#include "service/tray/tray-print.h"
#include "service/tray/tray-printer-items.h"

#define TITLE "OctoHerald"

/* More often nobody looks, and each time panels ask for everything anew. */
#define PAUSE_MS 1000

#define MINUTE_MS (60 * 1000)
#define HOUR_MS (60 * MINUTE_MS)

/* A timeout may come a little early, and then it would find the minute before. */
#define LATE_MS 50

/**
 * HeraldTrayDisplay:
 *
 * The icon and its menu on one connection: it follows printers, channels and muting, and tells panels at most once a second,
 * and only what can be seen. Nothing is reckoned while nobody collects icons.
 */
struct _HeraldTrayDisplay
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayItem *item;
  HeraldTrayActions *actions;
  GMenu *model;
  GHashTable *kept; /* of printers, see tray-printer-items.h */
  HeraldTrayMenu *menu;
  HeraldTrayWatcher *watcher;
  HeraldTrayState state;

  HeraldTraySummary *told;
  gint64 updated_us;
  guint update_id;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (HeraldTrayDisplay, herald_tray_display, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
} HeraldTrayDisplayProperty;

static GParamSpec *properties[PROP_STATE + 1];

typedef enum
{
  SIGNAL_QUIT,
} HeraldTrayDisplaySignal;

static guint signals[SIGNAL_QUIT + 1];

static void queue_update (HeraldTrayDisplay *self);

static gint64
get_now_ms (void)
{
  return g_get_real_time () / 1000;
}

static gboolean
on_tick_timeout (gpointer user_data)
{
  HeraldTrayDisplay *self = user_data;

  self->tick_id = 0;
  queue_update (self);

  return G_SOURCE_REMOVE;
}

static gboolean
shows_time (HeraldTrayDisplay *self,
            gint64               muted_until_ms)
{
  GListModel *printers = herald_engine_get_printers (self->engine);

  if (herald_engine_get_quiet_until (self->engine) != 0)
    return TRUE;
  if (muted_until_ms > 0 && muted_until_ms < HERALD_MUTED_FOREVER_MS)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      if (herald_printer_get_finish_ms (printer) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Times are shown to the minute, and what was “tomorrow” is today at midnight. */
static void
plan_tick (HeraldTrayDisplay *self,
           gint64               muted_until_ms,
           gint64               now_ms)
{
  gint64 wait_ms = MINUTE_MS - now_ms % MINUTE_MS;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (!shows_time (self, muted_until_ms))
    return;

  if (muted_until_ms > now_ms)
    wait_ms = MIN (wait_ms, muted_until_ms - now_ms);
  self->tick_id = g_timeout_add ((guint) wait_ms + LATE_MS, on_tick_timeout, self);
}

static void
show_look (HeraldTrayDisplay *self,
           HeraldTraySummary   *taken_summary)
{
  g_autoptr(HeraldTraySummary) summary = taken_summary;
  g_autoptr(GVariant) pixmaps = NULL;
  HeraldTrayLook look = { 0 };

  if (self->told != NULL && herald_tray_summary_equal (self->told, summary))
    return;

  pixmaps = g_variant_ref_sink (herald_tray_icon_draw (&summary->glyph));
  look.title = TITLE;
  look.tooltip = summary->headline;
  look.details = summary->details;
  look.description = summary->headline;
  look.needs_attention = summary->glyph.condition == HERALD_TRAY_ATTENTION ||
                         summary->glyph.condition == HERALD_TRAY_FAILED;
  look.pixmaps = pixmaps;
  herald_tray_item_set_look (self->item, &look);

  g_clear_pointer (&self->told, herald_tray_summary_free);
  self->told = g_steal_pointer (&summary);
}

static void
update (HeraldTrayDisplay *self)
{
  gint64 now_ms = get_now_ms ();
  gint64 muted_until_ms = herald_engine_get_muted_until (self->engine);
  gint64 quiet_until_ms = herald_engine_get_quiet_until (self->engine);
  GListModel *printers = herald_engine_get_printers (self->engine);
  HeraldTraySummary *summary = herald_tray_summary_new (printers, muted_until_ms, now_ms);
  HeraldTrayModelInput input = {
    .printers = printers,
    .channels = herald_engine_get_channels (self->engine),
    .muted_until_ms = muted_until_ms,
    .quiet_until_ms = quiet_until_ms,
    .now_ms = now_ms,
    .has_window = herald_launcher_has_window (self->launcher),
    .kept = self->kept,
  };
  g_autoptr(GMenu) wanted = NULL;

  herald_tray_summary_add_quiet (summary, quiet_until_ms, now_ms);
  input.headline = summary->headline;
  wanted = herald_tray_model_make (&input);
  g_clear_handle_id (&self->update_id, g_source_remove);
  self->updated_us = g_get_monotonic_time ();
  herald_tray_model_sync (self->model, G_MENU_MODEL (wanted));
  herald_tray_actions_refresh (self->actions);
  show_look (self, summary);
  plan_tick (self, muted_until_ms, now_ms);
}

static gboolean
on_update_timeout (gpointer user_data)
{
  HeraldTrayDisplay *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* The first change is shown at once, what comes within the next second together. */
static void
queue_update (HeraldTrayDisplay *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->updated_us) / 1000;

  if (self->state == HERALD_TRAY_ABSENT || self->update_id != 0)
    return;

  self->update_id = g_timeout_add ((guint) CLAMP (PAUSE_MS - since_ms, 0, PAUSE_MS), on_update_timeout, self);
}

/* Clicks */

static void
on_activate (HeraldTrayItem *item,
             const char     *token,
             gpointer        user_data)
{
  HeraldTrayDisplay *self = user_data;
  GListModel *printers = herald_engine_get_printers (self->engine);
  g_autoptr(HeraldPrinter) printer = NULL;

  if (herald_launcher_has_window (self->launcher))
    {
      herald_launcher_open_window (self->launcher, NULL, NULL, token);
      return;
    }

  /* Without a window, what the tooltip says is better than nothing at all. */
  if (g_list_model_get_n_items (printers) != 1)
    {
      herald_plain_notice_tell (self->told->headline, self->told->details);
      return;
    }

  printer = g_list_model_get_item (printers, 0);
  herald_printer_verb_open (self->engine, self->launcher, herald_printer_get_id (printer), token);
}

/* The middle button is pressed by mistake, too: it must be seen what it has done. */
static void
on_secondary_activate (HeraldTrayItem *item,
                       const char     *token,
                       gpointer        user_data)
{
  HeraldTrayDisplay *self = user_data;
  gint64 now_ms = get_now_ms ();
  g_autofree char *muted = NULL;

  if (herald_engine_get_muted_until (self->engine) != 0)
    {
      herald_engine_mute (self->engine, 0);
      herald_plain_notice_tell (_("Not muted any more"), _("You hear of everything again."));
      return;
    }

  herald_engine_mute (self->engine, now_ms + HOUR_MS);
  muted = herald_tray_summary_format_mute (now_ms + HOUR_MS, now_ms);
  herald_plain_notice_tell (muted, _("To hear of everything again, click on the icon with the middle button once more."));
}

static void
on_quit (HeraldTrayDisplay *self)
{
  g_signal_emit (self, signals[SIGNAL_QUIT], 0);
}

static void
on_watcher_state_changed (HeraldTrayDisplay *self)
{
  HeraldTrayState state = herald_tray_watcher_get_state (self->watcher);

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  queue_update (self);
}

/* Somebody is about to look: what they see is from now, not from the last minute. */
static void
on_menu_shown (HeraldTrayDisplay *self)
{
  herald_tray_item_set_menu_open (self->item, TRUE);
  update (self);
}

static void
on_menu_hidden (HeraldTrayDisplay *self)
{
  herald_tray_item_set_menu_open (self->item, FALSE);
}

static void
follow_printer (HeraldTrayDisplay *self,
                HeraldPrinter       *printer)
{
  herald_tray_print_follow (printer);
  g_signal_connect_object (printer, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
}

static void
follow_channel (HeraldTrayDisplay *self,
                HeraldChannel       *channel)
{
  g_signal_connect_object (channel, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
}

static void
on_printers_changed (GListModel          *printers,
                     guint                position,
                     guint                n_removed,
                     guint                n_added,
                     HeraldTrayDisplay *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      follow_printer (self, printer);
    }
  herald_tray_printer_items_forget (self->kept, printers);
  queue_update (self);
}

static void
on_channels_changed (GListModel          *channels,
                     guint                position,
                     guint                n_removed,
                     guint                n_added,
                     HeraldTrayDisplay *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      follow_channel (self, channel);
    }
  queue_update (self);
}

/* GObject */

static void
herald_tray_display_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_int (value, (int) HERALD_TRAY_DISPLAY (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
herald_tray_display_dispose (GObject *object)
{
  HeraldTrayDisplay *self = HERALD_TRAY_DISPLAY (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->watcher);
  g_clear_object (&self->menu);
  g_clear_object (&self->actions);
  g_clear_object (&self->model);
  g_clear_object (&self->item);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->told, herald_tray_summary_free);
  g_clear_object (&self->launcher);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_tray_display_parent_class)->dispose (object);
}

static void
herald_tray_display_class_init (HeraldTrayDisplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_tray_display_get_property;
  object_class->dispose = herald_tray_display_dispose;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, HERALD_TRAY_ABSENT, HERALD_TRAY_OFF, HERALD_TRAY_ABSENT,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_tray_display_init (HeraldTrayDisplay *self)
{
}

/* What the engine has, and what it will have */
static void
follow_engine (HeraldTrayDisplay *self)
{
  GListModel *printers = herald_engine_get_printers (self->engine);
  GListModel *channels = herald_engine_get_channels (self->engine);

  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_printers_changed), self, 0);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (on_channels_changed), self, 0);
  g_signal_connect_object (self->engine, "notify::muted-until", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::quiet-until", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "print-muted-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->launcher, "notify::has-window", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  on_printers_changed (printers, 0, 0, g_list_model_get_n_items (printers), self);
  on_channels_changed (channels, 0, 0, g_list_model_get_n_items (channels), self);
}

HeraldTrayDisplay *
herald_tray_display_new (HeraldEngine    *engine,
                         GDBusConnection *connection,
                         HeraldLauncher  *launcher)
{
  HeraldTrayDisplay *self = g_object_new (HERALD_TYPE_TRAY_DISPLAY, NULL);
  g_autoptr(GError) error = NULL;

  self->engine = g_object_ref (engine);
  self->launcher = g_object_ref (launcher);
  self->item = herald_tray_item_new (connection, HERALD_TRAY_MENU_PATH);
  self->actions = herald_tray_actions_new (engine, launcher, self->item);
  self->model = g_menu_new ();
  self->kept = herald_tray_printer_items_new_kept ();
  follow_engine (self);
  update (self);
  self->menu = herald_tray_menu_new (connection, G_MENU_MODEL (self->model), G_ACTION_GROUP (self->actions));

  g_signal_connect_object (self->item, "activate", G_CALLBACK (on_activate), self, 0);
  g_signal_connect_object (self->item, "secondary-activate", G_CALLBACK (on_secondary_activate), self, 0);
  g_signal_connect_object (self->actions, "quit", G_CALLBACK (on_quit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "shown", G_CALLBACK (on_menu_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "hidden", G_CALLBACK (on_menu_hidden), self, G_CONNECT_SWAPPED);

  if (!herald_tray_menu_export (self->menu, &error) || !herald_tray_item_export (self->item, &error))
    g_warning ("The icon cannot be seen on the session bus: %s", error->message);
  self->watcher = herald_tray_watcher_new (connection, HERALD_TRAY_ITEM_PATH);
  g_signal_connect_object (self->watcher, "notify::state", G_CALLBACK (on_watcher_state_changed), self, G_CONNECT_SWAPPED);

  return self;
}

HeraldTrayState
herald_tray_display_get_state (HeraldTrayDisplay *self)
{
  return self->state;
}
