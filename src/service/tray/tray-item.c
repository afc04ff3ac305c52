/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-item"

#include "service/tray/tray-item.h"

#include <string.h>

#include "core/base/text.h"
#include "tray-interfaces.h"

#define APPLICATION_ID "io.github.octoherald.OctoHerald"
#define INTERFACE "org.kde.StatusNotifierItem"

/* A panel draws what it is given, and in one piece. */
#define TITLE_MAX_CHARS 100
#define LINE_MAX_CHARS 300
#define DETAILS_MAX_CHARS 4000
/* Those of desktops have less than 100 */
#define TOKEN_MAX_BYTES 512

/**
 * HeraldTrayItem:
 *
 * The icon as panels see it: org.kde.StatusNotifierItem, without a name of its own on the bus, so that it works from within a
 * sandbox. A panel asks again for what it is told has changed, so nothing is told that looks as before. Everything goes by
 * pixmaps: a named icon of ours could not be found by a panel outside of the sandbox.
 */
struct _HeraldTrayItem
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *menu_path;
  guint registration_id;

  char *title;
  char *tooltip;
  char *markup;
  char *description;
  GVariant *pixmaps;
  gboolean needs_attention;
  char *token;
};

G_DEFINE_FINAL_TYPE (HeraldTrayItem, herald_tray_item, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_SECONDARY_ACTIVATE,
  N_SIGNALS,
} HeraldTrayItemSignal;

static guint signals[N_SIGNALS];

static GVariant *
make_no_pixmaps (void)
{
  return g_variant_new_array (G_VARIANT_TYPE ("(iiay)"), NULL, 0);
}

static GVariant *
get_title (HeraldTrayItem *self)
{
  return g_variant_new_string (self->title);
}

/* Never passive: panels may hide such an icon, and the one of GNOME stops to look at it. */
static const char *
name_status (HeraldTrayItem *self)
{
  return self->needs_attention ? "NeedsAttention" : "Active";
}

static GVariant *
get_status (HeraldTrayItem *self)
{
  return g_variant_new_string (name_status (self));
}

static GVariant *
get_pixmaps (HeraldTrayItem *self)
{
  return g_variant_ref (self->pixmaps);
}

/* Some panels show nothing at all if an item wants attention and has no icon for it. */
static GVariant *
get_attention_pixmaps (HeraldTrayItem *self)
{
  return self->needs_attention ? g_variant_ref (self->pixmaps) : make_no_pixmaps ();
}

static GVariant *
get_description (HeraldTrayItem *self)
{
  return g_variant_new_string (self->description);
}

static GVariant *
get_attention_description (HeraldTrayItem *self)
{
  return g_variant_new_string (self->needs_attention ? self->description : "");
}

static GVariant *
get_tooltip (HeraldTrayItem *self)
{
  return g_variant_new ("(s@a(iiay)ss)", "", make_no_pixmaps (), self->tooltip, self->markup);
}

static GVariant *
get_menu (HeraldTrayItem *self)
{
  return g_variant_new_object_path (self->menu_path);
}

/* Those that never change are written as GVariant text. */
static const struct
{
  const char *name;
  const char *constant;
  GVariant *(*get) (HeraldTrayItem *self);
} properties[] = {
  { "Category", "'ApplicationStatus'", NULL },
  { "Id", "'" APPLICATION_ID "'", NULL },
  { "Title", NULL, get_title },
  { "Status", NULL, get_status },
  { "WindowId", "0", NULL },
  { "IconThemePath", "''", NULL },
  { "IconName", "''", NULL },
  { "IconPixmap", NULL, get_pixmaps },
  { "IconAccessibleDesc", NULL, get_description },
  { "OverlayIconName", "''", NULL },
  { "OverlayIconPixmap", "@a(iiay) []", NULL },
  { "AttentionIconName", "''", NULL },
  { "AttentionIconPixmap", NULL, get_attention_pixmaps },
  { "AttentionAccessibleDesc", NULL, get_attention_description },
  { "AttentionMovieName", "''", NULL },
  { "ToolTip", NULL, get_tooltip },
  { "ItemIsMenu", "false", NULL },
  { "Menu", NULL, get_menu },
  { "XAyatanaLabel", "''", NULL },
  { "XAyatanaLabelGuide", "''", NULL },
  { "XAyatanaOrderingIndex", "uint32 0", NULL },
};

static GVariant *
on_get_property (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GError          **error,
                 gpointer          user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      if (!g_str_equal (properties[i].name, name))
        continue;
      if (properties[i].get != NULL)
        return properties[i].get (user_data);
      return g_variant_parse (NULL, properties[i].constant, NULL, NULL, error);
    }

  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "There is no property %s", name);

  return NULL;
}

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
  .get_property = on_get_property,
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

  herald_tray_item_unexport (self);
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
  self->description = g_strdup ("");
  self->pixmaps = g_variant_ref_sink (make_no_pixmaps ());
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

void
herald_tray_item_unexport (HeraldTrayItem *self)
{
  g_return_if_fail (HERALD_IS_TRAY_ITEM (self));

  if (self->registration_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration_id);
  self->registration_id = 0;
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
  gboolean is_other_tooltip;
  gboolean is_other_status;

  g_return_if_fail (HERALD_IS_TRAY_ITEM (self) && look != NULL);
  g_return_if_fail (look->pixmaps == NULL || g_variant_is_of_type (look->pixmaps, G_VARIANT_TYPE ("a(iiay)")));

  is_other_status = self->needs_attention != look->needs_attention;
  self->needs_attention = look->needs_attention;
  is_other_icon = take_pixmaps (self, look->pixmaps != NULL ? look->pixmaps : make_no_pixmaps ());
  is_other_icon |= take_text (&self->description, herald_text_clean (look->description, LINE_MAX_CHARS));
  is_other_tooltip = take_text (&self->tooltip, herald_text_clean (look->tooltip, LINE_MAX_CHARS));
  is_other_tooltip |= take_text (&self->markup, make_markup (look->details));

  if (take_text (&self->title, herald_text_clean (look->title, TITLE_MAX_CHARS)))
    tell (self, "NewTitle", NULL);
  if (is_other_icon)
    tell (self, "NewIcon", NULL);
  if (is_other_status || (is_other_icon && self->needs_attention))
    tell (self, "NewAttentionIcon", NULL);
  if (is_other_status)
    tell (self, "NewStatus", g_variant_new ("(s)", name_status (self)));
  if (is_other_tooltip)
    tell (self, "NewToolTip", NULL);
}

char *
herald_tray_item_steal_token (HeraldTrayItem *self)
{
  g_return_val_if_fail (HERALD_IS_TRAY_ITEM (self), NULL);

  return g_steal_pointer (&self->token);
}
