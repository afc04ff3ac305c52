/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-card-menu"

#include "window/printers/card-menu.h"

#include <glib/gi18n-lib.h>

#include "window/base/notice.h"

/**
 * HeraldCardMenu:
 *
 * What the menu of a card does, as actions `card.…` of the card. What the service refuses is said at the lower edge of the
 * window.
 */
struct _HeraldCardMenu
{
  GObject parent_instance;

  GtkWidget *card; /* owns us */
  HeraldDBusPrinter1 *printer;
  GCancellable *cancellable;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (HeraldCardMenu, herald_card_menu, G_TYPE_OBJECT)

enum
{
  CHECK,
  CHANGE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell_failure (HeraldCardMenu *self,
              GError         *error)
{
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_notice_show_error (self->card, error);
  herald_card_menu_update (self);
}

static void
on_set_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldCardMenu) self = HERALD_CARD_MENU (user_data);
  g_autoptr(GError) error = NULL;

  herald_dbus_printer1_call_set_finish (HERALD_DBUS_PRINTER1 (object), result, &error);
  tell_failure (self, error);
}

static void
on_mute_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldCardMenu) self = HERALD_CARD_MENU (user_data);
  g_autoptr(GError) error = NULL;

  herald_dbus_printer1_call_mute_print_finish (HERALD_DBUS_PRINTER1 (object), result, &error);
  tell_failure (self, error);
}

static void
on_unmute_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldCardMenu) self = HERALD_CARD_MENU (user_data);
  g_autoptr(GError) error = NULL;

  herald_dbus_printer1_call_unmute_print_finish (HERALD_DBUS_PRINTER1 (object), result, &error);
  tell_failure (self, error);
}

static void
on_page_opened (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldCardMenu) self = HERALD_CARD_MENU (user_data);
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    herald_notice_show (self->card, _("No web browser could be opened. Please check which one your computer uses."));
}

static void
on_open (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HeraldCardMenu *self = HERALD_CARD_MENU (user_data);
  const char *url = herald_dbus_printer1_get_url (self->printer);
  g_autofree char *scheme = url != NULL ? g_uri_parse_scheme (url) : NULL;

  /* Whatever else it were would start another program than a browser. */
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0)
    return;

  g_app_info_launch_default_for_uri_async (url, NULL, self->cancellable, on_page_opened, g_object_ref (self));
}

/* The property says when it is done; until then the menu shows how it is. */
static void
on_change_mute (GSimpleAction *action,
                GVariant      *state,
                gpointer       user_data)
{
  HeraldCardMenu *self = HERALD_CARD_MENU (user_data);

  if (g_variant_get_boolean (state))
    herald_dbus_printer1_call_mute_print (self->printer, self->cancellable, on_mute_ready, g_object_ref (self));
  else
    herald_dbus_printer1_call_unmute_print (self->printer, self->cancellable, on_unmute_ready, g_object_ref (self));
}

static void
on_change_watch (GSimpleAction *action,
                 GVariant      *state,
                 gpointer       user_data)
{
  HeraldCardMenu *self = HERALD_CARD_MENU (user_data);
  GVariantBuilder changes;

  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&changes, "{ss}", "enabled", g_variant_get_boolean (state) ? "true" : "false");
  herald_dbus_printer1_call_set (self->printer, g_variant_builder_end (&changes), self->cancellable, on_set_ready,
                                 g_object_ref (self));
}

static void
on_check (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_signal_emit (user_data, signals[CHECK], 0);
}

static void
on_change (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_signal_emit (user_data, signals[CHANGE], 0);
}

static void
on_remove (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_signal_emit (user_data, signals[REMOVE], 0);
}

/* GObject */

static void
herald_card_menu_dispose (GObject *object)
{
  HeraldCardMenu *self = HERALD_CARD_MENU (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->printer);

  G_OBJECT_CLASS (herald_card_menu_parent_class)->dispose (object);
}

static void
herald_card_menu_class_init (HeraldCardMenuClass *klass)
{
  static const char *const names[] = { [CHECK] = "check", [CHANGE] = "change", [REMOVE] = "remove" };

  G_OBJECT_CLASS (klass)->dispose = herald_card_menu_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_card_menu_init (HeraldCardMenu *self)
{
  static const GActionEntry entries[] = {
    { .name = "open", .activate = on_open },
    { .name = "check", .activate = on_check },
    { .name = "mute", .state = "false", .change_state = on_change_mute },
    { .name = "watch", .state = "true", .change_state = on_change_watch },
    { .name = "change", .activate = on_change },
    { .name = "remove", .activate = on_remove },
  };

  self->cancellable = g_cancellable_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

/**
 * herald_card_menu_new:
 * @card: gets the actions, and keeps what is returned as long as it lives
 *
 * Returns: (transfer full): what its menu does
 */
HeraldCardMenu *
herald_card_menu_new (GtkWidget          *card,
                      HeraldDBusPrinter1 *printer)
{
  HeraldCardMenu *self = g_object_new (HERALD_TYPE_CARD_MENU, NULL);

  self->card = card;
  self->printer = g_object_ref (printer);
  gtk_widget_insert_action_group (card, "card", G_ACTION_GROUP (self->actions));
  herald_card_menu_update (self);

  return self;
}

static GSimpleAction *
get_action (HeraldCardMenu *self,
            const char     *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

void
herald_card_menu_update (HeraldCardMenu *self)
{
  const char *const *actions = herald_dbus_printer1_get_actions (self->printer);
  gboolean is_muted = herald_dbus_printer1_get_print_muted (self->printer);
  gboolean is_watched = herald_dbus_printer1_get_enabled (self->printer);
  gboolean has_print = actions != NULL && g_strv_contains (actions, "cancel");

  g_simple_action_set_state (get_action (self, "mute"), g_variant_new_boolean (is_muted));
  g_simple_action_set_enabled (get_action (self, "mute"), is_muted || has_print);
  g_simple_action_set_state (get_action (self, "watch"), g_variant_new_boolean (is_watched));
  g_simple_action_set_enabled (get_action (self, "check"), is_watched);
}
