/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-plain-names"

#include "window/base/plain-names.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* GTK 4.8 names a button by its label as it was written and again by what is seen of it: `_Start Start`. What is seen is
 * enough. A name that somebody has given on purpose stays. */
static void
drop_written_label (GtkButton *button)
{
  const char *label = gtk_button_get_label (button);
  g_autofree char *other = NULL;

  if (label == NULL || !gtk_button_get_use_underline (button) || strchr (label, '_') == NULL)
    return;

  other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  if (other == NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* One with an icon alone, such as that which shows a password, is called by what is said to the mouse. */
static void
name_icon (GtkWidget *button)
{
  const char *tooltip = gtk_widget_get_tooltip_text (button);

  if (tooltip != NULL && gtk_button_get_label (GTK_BUTTON (button)) == NULL &&
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL))
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

/* A list without a name is called by the name of its class; that of the group it is in is for people. */
static void
name_list (GtkWidget *list)
{
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  const char *title = group != NULL ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) : "";
  const char *name = *title != '\0' ? title : _("List");

  /* A group that has a title names its list itself. */
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      (*title == '\0' || !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* libadwaita 1.2 does not give all of a row with an entry the title that is seen; what has it already would be read twice. */
static void
name_entry (AdwEntryRow *row)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  gpointer parts[] = { row, text };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && !gtk_test_accessible_has_relation (parts[i], GTK_ACCESSIBLE_RELATION_LABELLED_BY))
      gtk_accessible_update_property (parts[i], GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* What is folded away is read with the row it is in, and only the line above it has the title. */
static void
name_fold (AdwPreferencesRow *row)
{
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL))
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, adw_preferences_row_get_title (row), -1);
}

static gboolean
on_map_emitted (GSignalInvocationHint *hint,
                guint                  n_values,
                const GValue          *values,
                gpointer               user_data)
{
  GObject *widget = g_value_get_object (values);

  if (GTK_IS_BUTTON (widget))
    {
      drop_written_label (GTK_BUTTON (widget));
      name_icon (GTK_WIDGET (widget));
      g_signal_handlers_disconnect_by_func (widget, drop_written_label, NULL);
      g_signal_connect (widget, "notify::label", G_CALLBACK (drop_written_label), NULL);
    }
  else if (GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget))
    name_list (GTK_WIDGET (widget));
  else if (ADW_IS_ENTRY_ROW (widget))
    name_entry (ADW_ENTRY_ROW (widget));
  else if (ADW_IS_EXPANDER_ROW (widget))
    name_fold (ADW_PREFERENCES_ROW (widget));

  return TRUE;
}

void
herald_plain_names_ensure (void)
{
  static gboolean is_done = FALSE;

  if (is_done || gtk_check_version (4, 10, 0) == NULL || g_strcmp0 (g_getenv ("GTK_A11Y"), "none") == 0)
    return;

  is_done = TRUE;
  g_type_class_unref (g_type_class_ref (GTK_TYPE_BUTTON));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map_emitted, NULL, NULL);
}
