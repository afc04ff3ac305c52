/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-kind-list"

#include "window/accounts/kind-list.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/accounts/account-look.h"

/* What one row adds */
typedef struct
{
  GVariant *type;
  const HeraldChannelLayout *layout;
  HeraldKindChosen chosen;
  gpointer user_data;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  g_variant_unref (choice->type);
  g_free (choice);
}

static void
on_activated (AdwActionRow *row,
              gpointer      user_data)
{
  Choice *choice = user_data;

  choice->chosen (choice->type, choice->layout, choice->user_data);
}

static const char *
get_text (GVariant   *type,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (type, name, "&s", &text);

  return text;
}

static char *
dup_subtitle (GVariant                  *type,
              const HeraldChannelLayout *layout)
{
  gboolean is_public = FALSE;

  if (layout != NULL)
    return g_strdup (_(layout->description));

  g_variant_lookup (type, "public", "b", &is_public);

  return g_strdup (is_public ? _("Everybody can read what goes there.") : "");
}

static void
add_row (AdwPreferencesGroup *group,
         const Choice        *wanted)
{
  GtkWidget *row = adw_action_row_new ();
  const char *type = get_text (wanted->type, "id");
  const char *name = wanted->layout != NULL ? _(wanted->layout->name) : get_text (wanted->type, "name");
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *text = dup_subtitle (wanted->type, wanted->layout);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);
  g_autofree char *summary = g_strconcat (name, herald_text_get_comma (), text, NULL);
  gboolean is_phone = wanted->layout != NULL && g_str_equal (wanted->layout->kind, "sms");
  GtkWidget *icon = gtk_image_new_from_icon_name (herald_account_look_get_icon_name (type, is_phone));
  Choice *choice = g_new (Choice, 1);

  *choice = *wanted;
  g_variant_ref (choice->type);
  g_object_set (row, "title", title, "subtitle", subtitle, "subtitle-lines", 0, "activatable", TRUE, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  /* In place of its title, not in addition to it */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  g_signal_connect_data (row, "activated", G_CALLBACK (on_activated), choice, choice_free, 0);
  adw_preferences_group_add (group, row);
}

GVariant *
herald_kind_list_find_type (GVariant   *types,
                            const char *id)
{
  for (gsize i = 0; i < g_variant_n_children (types); i++)
    {
      g_autoptr(GVariant) type = g_variant_get_child_value (types, i);

      if (g_str_equal (get_text (type, "id"), id))
        return g_steal_pointer (&type);
    }

  return NULL;
}

GtkWidget *
herald_kind_list_new (GVariant         *types,
                      HeraldKindChosen  chosen,
                      gpointer          user_data)
{
  GtkWidget *group = adw_preferences_group_new ();
  const HeraldChannelLayout *layout;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("How Should OctoHerald Reach You?"));
  for (guint i = 0; (layout = herald_channel_layout_get_nth (i)) != NULL; i++)
    {
      g_autoptr(GVariant) type = herald_kind_list_find_type (types, layout->type);
      const Choice choice = { type, layout, chosen, user_data };

      if (type != NULL)
        add_row (ADW_PREFERENCES_GROUP (group), &choice);
    }
  for (gsize i = 0; i < g_variant_n_children (types); i++)
    {
      g_autoptr(GVariant) type = g_variant_get_child_value (types, i);
      const Choice choice = { type, NULL, chosen, user_data };

      if (!herald_channel_layout_has_type (get_text (type, "id")))
        add_row (ADW_PREFERENCES_GROUP (group), &choice);
    }

  return group;
}
