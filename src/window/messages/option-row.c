/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-option-row"

#include "window/messages/option-row.h"

#include "core/base/text.h"

/* An option of the table in core that belongs elsewhere than to the rule when a message is told */
static const struct
{
  const char *name;
  HeraldOptionPlace place;
} places[] = {
  { "placeholder", HERALD_OPTION_PLACE_PICTURE },
  { "picture-delay", HERALD_OPTION_PLACE_PICTURE },
  { "away-minutes", HERALD_OPTION_PLACE_CHANNELS },
};

/* What connects a control with the draft */
typedef struct
{
  HeraldMessageDraft *draft;
  char *name;
  GtkWidget *control; /* borrowed: it owns this */
  gboolean is_decimal;
  gboolean is_filling;
} Binding;

static void
binding_free (gpointer  data,
              GClosure *closure)
{
  Binding *binding = data;

  g_object_unref (binding->draft);
  g_free (binding->name);
  g_free (binding);
}

static HeraldOptionPlace
find_place (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_str_equal (places[i].name, name))
        return places[i].place;
    }

  return HERALD_OPTION_PLACE_TIME;
}

static void
take_number (Binding *binding,
             double   number)
{
  char value[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (value, sizeof value, binding->is_decimal ? "%.1f" : "%.0f", number);
  /* "2.0" and "2" are the same to the service, and it says "2". */
  if (g_str_has_suffix (value, ".0"))
    value[strlen (value) - strlen (".0")] = '\0';
  herald_message_draft_set (binding->draft, binding->name, value);
}

static void
on_number_changed (GtkSpinButton *spin,
                   Binding       *binding)
{
  if (!binding->is_filling)
    take_number (binding, gtk_spin_button_get_value (spin));
}

/* GTK takes what is typed only when the field is left; then what is too much becomes the most, as it does here. */
static void
on_number_typed (GtkSpinButton *spin,
                 Binding       *binding)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end = NULL;
  double number = g_strtod (typed, &end);
  double minimum = 0;
  double maximum = 0;

  if (binding->is_filling || end == typed || *end != '\0')
    return;

  gtk_spin_button_get_range (spin, &minimum, &maximum);
  take_number (binding, CLAMP (number, minimum, maximum));
}

static void
on_switched (GtkSwitch  *control,
             GParamSpec *pspec,
             gpointer    user_data)
{
  Binding *binding = user_data;

  if (!binding->is_filling)
    herald_message_draft_set (binding->draft, binding->name, gtk_switch_get_active (control) ? "true" : "false");
}

static void
fill (Binding *binding)
{
  const char *value = herald_message_draft_get (binding->draft, binding->name);

  binding->is_filling = TRUE;
  if (GTK_IS_SWITCH (binding->control))
    gtk_switch_set_active (GTK_SWITCH (binding->control), g_str_equal (value, "true"));
  else
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (binding->control), g_ascii_strtod (value, NULL));
  binding->is_filling = FALSE;
}

static void
on_refreshed (GtkWidget *control)
{
  fill (g_object_get_data (G_OBJECT (control), "binding"));
}

static GtkWidget *
make_control (GVariant   *field,
              const char *kind)
{
  double minimum = 0;
  double maximum = 0;
  GtkWidget *spin;

  if (g_str_equal (kind, "boolean"))
    return gtk_switch_new ();

  g_variant_lookup (field, "minimum", "d", &minimum);
  g_variant_lookup (field, "maximum", "d", &maximum);
  spin = gtk_spin_button_new_with_range (minimum, maximum, g_str_equal (kind, "decimal") ? 0.1 : 1);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), g_str_equal (kind, "decimal") ? 1 : 0);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 5);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);

  return spin;
}

static void
bind (GtkWidget          *control,
      HeraldMessageDraft *draft,
      const char         *name,
      const char         *kind)
{
  Binding *binding = g_new0 (Binding, 1);

  *binding = (Binding) { g_object_ref (draft), g_strdup (name), control, g_str_equal (kind, "decimal"), FALSE };
  g_object_set_data (G_OBJECT (control), "binding", binding);
  fill (binding);
  if (GTK_IS_SWITCH (control))
    g_signal_connect_data (control, "notify::active", G_CALLBACK (on_switched), binding, binding_free, 0);
  else
    {
      g_signal_connect_data (control, "value-changed", G_CALLBACK (on_number_changed), binding, binding_free, 0);
      g_signal_connect (control, "changed", G_CALLBACK (on_number_typed), binding);
    }
  g_signal_connect_object (draft, "refreshed", G_CALLBACK (on_refreshed), control, G_CONNECT_SWAPPED);
}

static void
add_row (AdwPreferencesGroup *group,
         HeraldMessageDraft  *draft,
         GVariant            *field)
{
  const char *name = "";
  const char *kind = "";
  const char *label = "";
  const char *hint = "";
  const char *unit = "";
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *control;
  g_autofree char *spoken = NULL;

  g_variant_lookup (field, "name", "&s", &name);
  g_variant_lookup (field, "kind", "&s", &kind);
  g_variant_lookup (field, "label", "&s", &label);
  g_variant_lookup (field, "hint", "&s", &hint);
  g_variant_lookup (field, "unit", "&s", &unit);
  control = make_control (field, kind);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hint);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  if (*unit != '\0')
    {
      GtkWidget *unit_label = gtk_label_new (unit);

      gtk_widget_add_css_class (unit_label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), unit_label);
    }
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  spoken = *unit != '\0' ? g_strconcat (label, herald_text_get_comma (), unit, NULL) : g_strdup (label);
  /* The row has named it already, which would be read as well. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint, -1);
  bind (control, draft, name, kind);
  adw_preferences_group_add (group, row);
}

guint
herald_option_rows_add (AdwPreferencesGroup *group,
                        HeraldMessageDraft  *draft,
                        HeraldOptionPlace    place)
{
  g_autoptr(GVariant) fields = herald_message_item_lookup (herald_message_draft_get_item (draft), "option_fields", "aa{sv}");
  guint n_rows = 0;

  for (gsize i = 0; fields != NULL && i < g_variant_n_children (fields); i++)
    {
      g_autoptr(GVariant) field = g_variant_get_child_value (fields, i);
      const char *name = "";

      g_variant_lookup (field, "name", "&s", &name);
      if (find_place (name) != place)
        continue;

      add_row (group, draft, field);
      n_rows++;
    }

  return n_rows;
}
