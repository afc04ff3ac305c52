/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-item"

#include "service/tray/tray-item-private.h"

#include <string.h>

#include "core/base/text.h"
#include "tray-interfaces.h"

#define INTERFACE "org.kde.StatusNotifierItem"

/* A panel draws what it is given, and in one piece. */
#define TITLE_MAX_CHARS 100
#define LINE_MAX_CHARS 300
#define DETAILS_MAX_CHARS 4000
/* Those of desktops have less than 100 */
#define TOKEN_MAX_BYTES 512
/* Nobody reads a menu for longer. Xfce does not say when it is closed. */
#define MENU_OPEN_S 15

/**
 * HeraldTrayItem:
 *
 * The icon as panels see it: org.kde.StatusNotifierItem, without a name of its own on the bus, so that it works from within a
 * sandbox. A panel asks again for what it is told has changed, so nothing is told that looks as before. Everything goes by
 * pixmaps: a named icon of ours could not be found by a panel outside of the sandbox.
 */
G_DEFINE_FINAL_TYPE (HeraldTrayItem, herald_tray_item, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_SECONDARY_ACTIVATE,
  N_SIGNALS,
} HeraldTrayItemSignal;

static guint signals[N_SIGNALS];

static void
emit_click (HeraldTrayItem *self,
            guint           signal)
{
  g_autofree char *token = herald_tray_item_steal_token (self);

  g_signal_emit (self, signal, 0, token != NULL ? token : "");
}

/* It ends in the environment of a window: printable characters, and not many of them. */
static void
keep_token (HeraldTrayItem *self,
            const char     *token)
{
  gsize length = strlen (token);

  g_clear_pointer (&self->token, g_free);
  if (length == 0 || length > TOKEN_MAX_BYTES)
    return;

  for (const char *p = token; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return;
    }
  self->token = g_strdup (token);
}

/* Scrolling and ContextMenu mean nothing: panels differ in the one and show the menu themselves instead of the other. */
static void
on_method_call (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *arguments,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  /* A click may be the end of us. */
  g_autoptr(HeraldTrayItem) self = g_object_ref (user_data);
  const char *token;

  g_dbus_method_invocation_return_value (invocation, NULL);

  if (g_str_equal (method, "Activate"))
    emit_click (self, signals[SIGNAL_ACTIVATE]);
  else if (g_str_equal (method, "SecondaryActivate") || g_str_equal (method, "XAyatanaSecondaryActivate"))
    emit_click (self, signals[SIGNAL_SECONDARY_ACTIVATE]);
  else if (g_str_equal (method, "ProvideXdgActivationToken"))
    {
      g_variant_get (arguments, "(&s)", &token);
      keep_token (self, token);
    }
}

static const GDBusInterfaceVTable vtable = {
  .method_call = on_method_call,
  .get_property = herald_tray_item_get_value,
};

static void
tell (HeraldTrayItem *self,
      const char     *signal,
      GVariant       *arguments)
{
  g_autoptr(GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;

  if (self->registration_id != 0)
    g_dbus_connection_emit_signal (self->connection, NULL, HERALD_TRAY_ITEM_PATH, INTERFACE, signal, owned, NULL);
}

/* Returns: whether it is another one; @text is taken */
static gboolean
take_text (char **field,
           char  *text)
{
  g_autofree char *owned = text;

  if (g_str_equal (*field, owned))
    return FALSE;

  g_free (*field);
  *field = g_steal_pointer (&owned);

  return TRUE;
}

/* Xfce reads everything anew whatever it is told, and draws a tooltip that has changed over the open menu: while that is open,
 * the tooltip stays as it was. */
static void
show_tooltip (HeraldTrayItem *self)
{
  gboolean is_other = FALSE;

  if (self->hold_id != 0)
    return;

  is_other = take_text (&self->tooltip, g_strdup (self->next_tooltip));
  is_other |= take_text (&self->markup, g_strdup (self->next_markup));
  if (is_other)
    tell (self, "NewToolTip", NULL);
}

static gboolean
on_menu_open_timeout (gpointer user_data)
{
  HeraldTrayItem *self = user_data;

  self->hold_id = 0;
  show_tooltip (self);

  return G_SOURCE_REMOVE;
}

static gboolean
take_pixmaps (HeraldTrayItem *self,
              GVariant       *pixmaps)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink (pixmaps);

  if (g_variant_equal (self->pixmaps, owned))
    return FALSE;

  g_variant_unref (self->pixmaps);
  self->pixmaps = g_steal_pointer (&owned);

  return TRUE;
}

/* Tooltips are markup; lines are parted as they are, because the markup of Xfce knows no other way. */
static char *
make_markup (const char *details)
{
  g_autofree char *clean = herald_text_clean_lines (details, DETAILS_MAX_CHARS);

  return g_markup_escape_text (clean, -1);
}

/* GObject */

static void
herald_tray_item_dispose (GObject *object)
{
  HeraldTrayItem *self = HERALD_TRAY_ITEM (object);

  if (self->registration_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration_id);
  self->registration_id = 0;
  g_clear_handle_id (&self->hold_id, g_source_remove);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (herald_tray_item_parent_class)->dispose (object);
}

static void
herald_tray_item_finalize (GObject *object)
{
  HeraldTrayItem *self = HERALD_TRAY_ITEM (object);

  g_clear_pointer (&self->menu_path, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->tooltip, g_free);
  g_clear_pointer (&self->markup, g_free);
  g_clear_pointer (&self->next_tooltip, g_free);
  g_clear_pointer (&self->next_markup, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->pixmaps, g_variant_unref);
  g_clear_pointer (&self->token, g_free);

  G_OBJECT_CLASS (herald_tray_item_parent_class)->finalize (object);
}

static void
herald_tray_item_class_init (HeraldTrayItemClass *klass)
{
  static const char *const names[N_SIGNALS] = { "activate", "secondary-activate" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_tray_item_dispose;
  object_class->finalize = herald_tray_item_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
herald_tray_item_init (HeraldTrayItem *self)
{
  self->title = g_strdup ("");
  self->tooltip = g_strdup ("");
  self->markup = g_strdup ("");
  self->next_tooltip = g_strdup ("");
  self->next_markup = g_strdup ("");
  self->description = g_strdup ("");
  self->pixmaps = g_variant_ref_sink (herald_tray_item_make_no_pixmaps ());
}

/**
 * herald_tray_item_new:
 * @menu_path: object on @connection that is its menu
 */
HeraldTrayItem *
herald_tray_item_new (GDBusConnection *connection,
                      const char      *menu_path)
{
  HeraldTrayItem *self = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (g_variant_is_object_path (menu_path), NULL);

  self = g_object_new (HERALD_TYPE_TRAY_ITEM, NULL);
  self->connection = g_object_ref (connection);
  self->menu_path = g_strdup (menu_path);

  return self;
}

/**
 * herald_tray_item_export:
 *
 * Puts it on the bus, where nobody looks for it before a #HeraldTrayWatcher says it is there.
 *
 * Returns: %FALSE with @error if something else is at its place
 */
gboolean
herald_tray_item_export (HeraldTrayItem  *self,
                         GError         **error)
{
  g_return_val_if_fail (HERALD_IS_TRAY_ITEM (self), FALSE);
  g_return_val_if_fail (self->registration_id == 0, FALSE);

  self->registration_id =
    g_dbus_connection_register_object (self->connection, HERALD_TRAY_ITEM_PATH,
                                       (GDBusInterfaceInfo *) &org_kde_status_notifier_item_interface,
                                       &vtable, self, NULL, error);

  return self->registration_id != 0;
}

/**
 * herald_tray_item_set_look:
 *
 * Tells panels what differs from before, and nothing if nothing does. Texts may be foreign; they are cleaned and shortened.
 */
void
herald_tray_item_set_look (HeraldTrayItem       *self,
                           const HeraldTrayLook *look)
{
  gboolean is_other_icon;
  gboolean is_other_status;

  g_return_if_fail (HERALD_IS_TRAY_ITEM (self) && look != NULL);
  g_return_if_fail (look->pixmaps == NULL || g_variant_is_of_type (look->pixmaps, G_VARIANT_TYPE ("a(iiay)")));

  is_other_status = self->needs_attention != look->needs_attention;
  self->needs_attention = look->needs_attention;
  is_other_icon = take_pixmaps (self, look->pixmaps != NULL ? look->pixmaps : herald_tray_item_make_no_pixmaps ());
  is_other_icon |= take_text (&self->description, herald_text_clean (look->description, LINE_MAX_CHARS));
  take_text (&self->next_tooltip, herald_text_clean (look->tooltip, LINE_MAX_CHARS));
  take_text (&self->next_markup, make_markup (look->details));

  if (take_text (&self->title, herald_text_clean (look->title, TITLE_MAX_CHARS)))
    tell (self, "NewTitle", NULL);
  if (is_other_icon)
    tell (self, "NewIcon", NULL);
  if (is_other_status || (is_other_icon && self->needs_attention))
    tell (self, "NewAttentionIcon", NULL);
  if (is_other_status)
    tell (self, "NewStatus", g_variant_new ("(s)", herald_tray_item_name_status (self)));
  show_tooltip (self);
}

/**
 * herald_tray_item_set_menu_open:
 *
 * While its menu is open, the tooltip stays as it is. Panels that do not say that they have closed the menu are given some
 * seconds.
 */
void
herald_tray_item_set_menu_open (HeraldTrayItem *self,
                                gboolean        is_open)
{
  g_return_if_fail (HERALD_IS_TRAY_ITEM (self));

  g_clear_handle_id (&self->hold_id, g_source_remove);
  if (is_open)
    self->hold_id = g_timeout_add_seconds (MENU_OPEN_S, on_menu_open_timeout, self);
  else
    show_tooltip (self);
}

char *
herald_tray_item_steal_token (HeraldTrayItem *self)
{
  g_return_val_if_fail (HERALD_IS_TRAY_ITEM (self), NULL);

  return g_steal_pointer (&self->token);
}
