/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-settings-rows"

#include "window/messages/settings-rows.h"

#include <glib/gi18n-lib.h>

#include "window/base/choice-words.h"
#include "window/base/human.h"

/* ── A choice ───────────────────────────────────────────────────────────── */

/* A row with some values of a setting to choose from */
typedef struct
{
  HeraldMessageDraft *draft;
  char *name;
  char **values;
  AdwComboRow *row; /* borrowed: it owns this */
  gboolean is_filling;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->draft);
  g_free (choice->name);
  g_strfreev (choice->values);
  g_free (choice);
}

static void
fill_choice (Choice *choice)
{
  const char *value = herald_message_draft_get (choice->draft, choice->name);

  choice->is_filling = TRUE;
  for (guint i = 0; choice->values[i] != NULL; i++)
    {
      if (g_str_equal (choice->values[i], value))
        adw_combo_row_set_selected (choice->row, i);
    }
  choice->is_filling = FALSE;
}

static void
on_choice_refreshed (AdwComboRow *row)
{
  fill_choice (g_object_get_data (G_OBJECT (row), "choice"));
}

static void
on_chosen (AdwComboRow *row,
           GParamSpec  *pspec,
           gpointer     user_data)
{
  Choice *choice = user_data;
  guint selected = adw_combo_row_get_selected (row);

  if (!choice->is_filling && selected < g_strv_length (choice->values))
    herald_message_draft_set (choice->draft, choice->name, choice->values[selected]);
}

/* @values: (array zero-terminated=1) */
static GtkWidget *
add_picture_choice (AdwPreferencesGroup *group,
                    HeraldMessageDraft  *draft,
                    const char          *name,
                    const char          *title,
                    const char *const   *values)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  Choice *choice = g_new0 (Choice, 1);

  *choice = (Choice) { g_object_ref (draft), g_strdup (name), g_strdupv ((char **) values), ADW_COMBO_ROW (row), FALSE };
  for (guint i = 0; values[i] != NULL; i++)
    gtk_string_list_append (words, herald_human_get_picture (values[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  herald_choice_words_install (ADW_COMBO_ROW (row));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  g_object_set_data (G_OBJECT (row), "choice", choice);
  fill_choice (choice);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (on_chosen), choice, choice_free, 0);
  g_signal_connect_object (draft, "refreshed", G_CALLBACK (on_choice_refreshed), row, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);

  return row;
}

/* ── Pictures ───────────────────────────────────────────────────────────── */

/* Only what may be missing needs something in its place. */
static void
update_fallback (GtkWidget          *row,
                 HeraldMessageDraft *draft)
{
  const char *picture = herald_message_draft_get (draft, "picture");

  gtk_widget_set_visible (row, g_str_equal (picture, "thumbnail") || g_str_equal (picture, "timelapse"));
}

static void
on_picture_changed (HeraldMessageDraft *draft,
                    gpointer            user_data)
{
  update_fallback (GTK_WIDGET (user_data), draft);
}

void
herald_settings_rows_add_pictures (AdwPreferencesGroup *group,
                                   HeraldMessageDraft  *draft)
{
  static const char *const fallbacks[] = { "none", "snapshot", NULL };
  g_autoptr(GVariant) pictures = herald_message_item_lookup (herald_message_draft_get_item (draft), "pictures", "as");
  g_autofree const char **values = pictures != NULL ? g_variant_get_strv (pictures, NULL) : NULL;
  GtkWidget *fallback;

  if (values == NULL || g_strv_length ((char **) values) < 2)
    return;

  add_picture_choice (group, draft, "picture", _("Picture"), values);
  fallback = add_picture_choice (group, draft, "picture-fallback", _("If there is none"), fallbacks);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_picture_changed), fallback, 0);
  g_signal_connect_object (draft, "refreshed", G_CALLBACK (on_picture_changed), fallback, 0);
  update_fallback (fallback, draft);
}

/* ── Channels ───────────────────────────────────────────────────────────── */

typedef enum
{
  WHERE_ALL,
  WHERE_CHOSEN,
  WHERE_NONE,
} Where;

/* The row of all, none or some, and a row for each channel */
typedef struct
{
  HeraldMessageDraft *draft;
  HeraldServiceLink *link;
  AdwPreferencesGroup *group;
  AdwComboRow *where_row;
  GPtrArray *rows; /* of GtkWidget, borrowed: of the group */
  gboolean is_filling;
} Channels;

static void
channels_free (gpointer  data,
               GClosure *closure)
{
  Channels *self = data;

  g_object_unref (self->draft);
  g_object_unref (self->link);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gboolean
has_id (const char *value,
        const char *id)
{
  g_auto(GStrv) ids = g_strsplit (value, ",", -1);

  for (char **known = ids; *known != NULL; known++)
    {
      if (g_str_equal (g_strstrip (*known), id))
        return TRUE;
    }

  return FALSE;
}

static GtkSwitch *
get_switch (GtkWidget *row)
{
  return GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
}

static void
fill_channels (Channels *self)
{
  const char *value = herald_message_draft_get (self->draft, "channels");
  Where where = g_str_equal (value, "all") ? WHERE_ALL : g_str_equal (value, "none") ? WHERE_NONE : WHERE_CHOSEN;

  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->where_row, where);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      gtk_widget_set_visible (row, where == WHERE_CHOSEN);
      gtk_switch_set_active (get_switch (row), has_id (value, g_object_get_data (G_OBJECT (row), "id")));
    }
  self->is_filling = FALSE;
}

static void
take_chosen (Channels *self)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_switch_get_active (get_switch (row)))
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", (char *) g_object_get_data (G_OBJECT (row), "id"));
    }
  herald_message_draft_set (self->draft, "channels", ids->len > 0 ? ids->str : "none");
}

static void
on_channel_switched (GtkSwitch  *control,
                     GParamSpec *pspec,
                     gpointer    user_data)
{
  Channels *self = user_data;

  if (!self->is_filling)
    take_chosen (self);
}

/* Who wants to choose begins with what was chosen before: all, or nobody. */
static void
on_where_chosen (AdwComboRow *row,
                 GParamSpec  *pspec,
                 gpointer     user_data)
{
  Channels *self = user_data;
  Where where = (Where) adw_combo_row_get_selected (row);
  gboolean was_all = g_str_equal (herald_message_draft_get (self->draft, "channels"), "all");

  if (self->is_filling)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *channel = g_ptr_array_index (self->rows, i);

      gtk_widget_set_visible (channel, where == WHERE_CHOSEN);
      self->is_filling = TRUE;
      if (where == WHERE_CHOSEN && was_all)
        gtk_switch_set_active (get_switch (channel), TRUE);
      self->is_filling = FALSE;
    }
  if (where == WHERE_CHOSEN)
    take_chosen (self);
  else
    herald_message_draft_set (self->draft, "channels", where == WHERE_ALL ? "all" : "none");
}

static void
add_channel (Channels           *self,
             HeraldDBusChannel1 *channel)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *control = gtk_switch_new ();
  const char *name = herald_dbus_channel1_get_name (channel);

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (!herald_dbus_channel1_get_enabled (channel))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Switched off on the page “Accounts”."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : "", -1);
  g_object_set_data_full (G_OBJECT (row), "id", herald_dbus_channel1_dup_id (channel), g_free);
  g_signal_connect (control, "notify::active", G_CALLBACK (on_channel_switched), self);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

/* Whenever a channel comes or goes; the service may also be away for a moment, which leaves the choice as it is. */
static void
on_channels_changed (AdwComboRow *where_row)
{
  Channels *self = g_object_get_data (G_OBJECT (where_row), "channels");
  GListModel *channels = herald_service_link_get_channels (self->link);

  if (g_list_model_get_n_items (channels) == 0)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldDBusChannel1) channel = g_list_model_get_item (channels, i);

      add_channel (self, channel);
    }
  fill_channels (self);
}

static void
on_channels_refreshed (AdwComboRow *where_row)
{
  fill_channels (g_object_get_data (G_OBJECT (where_row), "channels"));
}

void
herald_settings_rows_add_channels (AdwPreferencesGroup *group,
                                   HeraldMessageDraft  *draft,
                                   HeraldServiceLink   *link)
{
  const char *const words[] = { _("All accounts"), _("Chosen accounts"), _("Nowhere, only in the history"), NULL };
  g_autoptr(GtkStringList) model = gtk_string_list_new (words);
  GtkWidget *row = adw_combo_row_new ();
  Channels *self = g_new0 (Channels, 1);

  *self = (Channels) { g_object_ref (draft), g_object_ref (link), group, ADW_COMBO_ROW (row), g_ptr_array_new (), FALSE };
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Goes To"));
  herald_choice_words_install (ADW_COMBO_ROW (row));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_object_set_data (G_OBJECT (row), "channels", self);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (on_where_chosen), self, channels_free, 0);
  g_signal_connect_object (draft, "refreshed", G_CALLBACK (on_channels_refreshed), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_service_link_get_channels (link), "items-changed", G_CALLBACK (on_channels_changed), row,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  on_channels_changed (ADW_COMBO_ROW (row));
  fill_channels (self);
}
