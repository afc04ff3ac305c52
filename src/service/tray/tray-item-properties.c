/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-item-properties"

/* What a panel reads of the item. */

#include "service/tray/tray-item-private.h"

#define APPLICATION_ID "io.github.octoherald.OctoHerald"

GVariant *
herald_tray_item_make_no_pixmaps (void)
{
  return g_variant_new_array (G_VARIANT_TYPE ("(iiay)"), NULL, 0);
}

static GVariant *
get_title (HeraldTrayItem *self)
{
  return g_variant_new_string (self->title);
}

/* Never passive: panels may hide such an icon, and the one of GNOME stops to look at it. */
const char *
herald_tray_item_name_status (HeraldTrayItem *self)
{
  return self->needs_attention ? "NeedsAttention" : "Active";
}

static GVariant *
get_status (HeraldTrayItem *self)
{
  return g_variant_new_string (herald_tray_item_name_status (self));
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
  return self->needs_attention ? g_variant_ref (self->pixmaps) : herald_tray_item_make_no_pixmaps ();
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
  return g_variant_new ("(s@a(iiay)ss)", "", herald_tray_item_make_no_pixmaps (), self->tooltip, self->markup);
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

GVariant *
herald_tray_item_get_value (GDBusConnection  *connection,
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
