/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-field-row"

#include "window/base/field-row.h"

#include <glib/gi18n-lib.h>

#include "window/base/field-check.h"

/**
 * HeraldFieldRow:
 *
 * One thing to fill in, made from a row of a table that the service has sent: an entry, a masked one, a choice in words, a
 * switch. Below it stand help and, where something is wrong, one sentence that says what.
 */
struct _HeraldFieldRow
{
  AdwPreferencesRow parent_instance;

  char *name;
  char *kind;
  char *fallback;
  char **choices; /* empty unless it is a choice */
  gboolean is_secret;
  gboolean is_required;
  char *baseline; /* what was set last */
  char *obstacle; /* why it cannot be changed on this computer; NULL if it can */
  gboolean is_setting;
  gboolean is_dirty; /* changed by a person, and not settled */

  GtkLabel *label;
  AdwBin *beside;
  AdwBin *below;
  GtkLabel *hint;
  GtkLabel *condition;
  GtkLabel *problem;
  GtkWidget *control;
  GtkWidget *list; /* in which it stands; NULL if in none */
};

G_DEFINE_FINAL_TYPE (HeraldFieldRow, herald_field_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  CHANGED,
  SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_kind (HeraldFieldRow *self,
         const char     *kind)
{
  return g_str_equal (self->kind, kind);
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
settle (HeraldFieldRow *self)
{
  if (!self->is_dirty)
    return;

  self->is_dirty = FALSE;
  herald_field_row_check (self);
  g_signal_emit (self, signals[SETTLED], 0);
}

/* What was wrong with another value may be right now. */
static void
on_control_changed (HeraldFieldRow *self)
{
  if (self->is_setting)
    return;

  self->is_dirty = TRUE;
  herald_field_row_set_problem (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
  if (!GTK_IS_EDITABLE (self->control))
    settle (self);
}

/* A click on its words is as good as one on the switch. */
static void
on_row_activated (HeraldFieldRow *self,
                  GtkListBoxRow  *row)
{
  if (row == GTK_LIST_BOX_ROW (self) && GTK_IS_SWITCH (self->control))
    gtk_widget_activate (self->control);
}

static void
on_parent_changed (HeraldFieldRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, on_row_activated, self);
  g_set_weak_pointer (&self->list, parent != NULL && GTK_IS_LIST_BOX (parent) ? parent : NULL);
  if (self->list != NULL)
    g_signal_connect_object (parent, "row-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
}

/* ── The control ────────────────────────────────────────────────────────── */

static GtkWidget *
make_entry (HeraldFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *entry = self->is_secret ? gtk_password_entry_new () : gtk_entry_new ();

  if (self->is_secret)
    gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  else
    {
      gtk_entry_set_input_purpose (GTK_ENTRY (entry), is_kind (self, "port") || is_kind (self, "count") || is_kind (self, "number")
                                                        ? GTK_INPUT_PURPOSE_DIGITS
                                                      : is_kind (self, "money")   ? GTK_INPUT_PURPOSE_NUMBER
                                                      : is_kind (self, "address") ? GTK_INPUT_PURPOSE_EMAIL
                                                      : is_kind (self, "host")    ? GTK_INPUT_PURPOSE_URL
                                                                                  : GTK_INPUT_PURPOSE_FREE_FORM);
      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), self->fallback);
    }
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_control_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);

  return entry;
}

static GtkWidget *
make_switch (HeraldFieldRow *self)
{
  GtkWidget *control = gtk_switch_new ();

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect_object (control, "notify::active", G_CALLBACK (on_control_changed), self, G_CONNECT_SWAPPED);

  return control;
}

/* The words of a choice are the service's; an old one has none. */
static GtkWidget *
make_choice (HeraldFieldRow *self,
             GVariant       *field)
{
  g_auto(GStrv) words = NULL;
  GtkWidget *control;

  g_variant_lookup (field, "choice_labels", "^as", &words);
  if (words == NULL || g_strv_length (words) != g_strv_length (self->choices))
    {
      g_strfreev (words);
      words = g_strdupv (self->choices);
    }
  control = gtk_drop_down_new_from_strings ((const char *const *) words);
  g_signal_connect_object (control, "notify::selected", G_CALLBACK (on_control_changed), self, G_CONNECT_SWAPPED);

  return control;
}

static void
make_control (HeraldFieldRow *self,
              GVariant       *field)
{
  gboolean is_short;

  if (is_kind (self, "boolean"))
    self->control = make_switch (self);
  else if (is_kind (self, "choice") && *self->choices != NULL)
    self->control = make_choice (self, field);
  else
    self->control = make_entry (self);

  is_short = is_kind (self, "boolean") || is_kind (self, "time") || is_kind (self, "number");
  if (is_short && GTK_IS_EDITABLE (self->control))
    gtk_editable_set_max_width_chars (GTK_EDITABLE (self->control), 6);
  adw_bin_set_child (is_short ? self->beside : self->below, self->control);
  gtk_widget_set_visible (GTK_WIDGET (self->below), !is_short);
  gtk_widget_set_visible (GTK_WIDGET (self->beside), is_short);
}

static void
show_value (HeraldFieldRow *self,
            const char     *value)
{
  const char *shown = *value != '\0' ? value : self->fallback;

  if (GTK_IS_SWITCH (self->control))
    gtk_switch_set_active (GTK_SWITCH (self->control), g_str_equal (shown, "true"));
  else if (GTK_IS_EDITABLE (self->control))
    gtk_editable_set_text (GTK_EDITABLE (self->control), value);

  for (guint i = 0; GTK_IS_DROP_DOWN (self->control) && self->choices[i] != NULL; i++)
    {
      if (g_str_equal (self->choices[i], shown))
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), i);
    }
}

/* A screen reader says help and mistake after the name. */
static void
describe (HeraldFieldRow *self)
{
  const char *problem = gtk_label_get_text (self->problem);
  g_autofree char *description = g_strjoin (" ", gtk_label_get_text (self->hint), problem, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  g_strstrip (description), -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                               *problem != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* GObject */

static void
herald_field_row_finalize (GObject *object)
{
  HeraldFieldRow *self = HERALD_FIELD_ROW (object);

  g_clear_weak_pointer (&self->list);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->fallback, g_free);
  g_clear_pointer (&self->choices, g_strfreev);
  g_clear_pointer (&self->baseline, g_free);
  g_clear_pointer (&self->obstacle, g_free);

  G_OBJECT_CLASS (herald_field_row_parent_class)->finalize (object);
}

static void
herald_field_row_class_init (HeraldFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_field_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/base/field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, HeraldFieldRow, beside);
  gtk_widget_class_bind_template_child (widget_class, HeraldFieldRow, below);
  gtk_widget_class_bind_template_child (widget_class, HeraldFieldRow, hint);
  gtk_widget_class_bind_template_child (widget_class, HeraldFieldRow, condition);
  gtk_widget_class_bind_template_child (widget_class, HeraldFieldRow, problem);

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_field_row_init (HeraldFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::parent", G_CALLBACK (on_parent_changed), NULL);
}

static char *
dup_entry (GVariant   *field,
           const char *name)
{
  char *value = NULL;

  return g_variant_lookup (field, name, "s", &value) ? value : g_strdup ("");
}

GtkWidget *
herald_field_row_new (GVariant *field)
{
  HeraldFieldRow *self = g_object_new (HERALD_TYPE_FIELD_ROW, NULL);
  g_autoptr(GVariant) kept = g_variant_ref_sink (field);
  g_autofree char *label = dup_entry (kept, "label");
  g_autofree char *hint = dup_entry (kept, "hint");

  self->name = dup_entry (kept, "name");
  self->kind = dup_entry (kept, "kind");
  self->fallback = dup_entry (kept, "fallback");
  if (!g_variant_lookup (kept, "choices", "^as", &self->choices))
    self->choices = g_new0 (char *, 1);
  g_variant_lookup (kept, "secret", "b", &self->is_secret);
  g_variant_lookup (kept, "required", "b", &self->is_required);

  make_control (self, kept);
  herald_field_row_set_label (self, *label != '\0' ? label : self->name);
  herald_field_row_set_hint (self, hint);
  herald_field_row_update (self, kept);

  return GTK_WIDGET (self);
}

void
herald_field_row_update (HeraldFieldRow *self,
                         GVariant       *field)
{
  g_autofree char *condition = dup_entry (field, "condition");
  g_autofree char *value = dup_entry (field, "value");

  g_clear_pointer (&self->obstacle, g_free);
  self->obstacle = dup_entry (field, "problem");
  gtk_widget_set_sensitive (self->control, *self->obstacle == '\0');
  set_text (self->condition, condition);
  if (!self->is_dirty)
    herald_field_row_set_value (self, value);
}

const char *
herald_field_row_get_name (HeraldFieldRow *self)
{
  return self->name;
}

gboolean
herald_field_row_is_secret (HeraldFieldRow *self)
{
  return self->is_secret;
}

gboolean
herald_field_row_is_required (HeraldFieldRow *self)
{
  return self->is_required;
}

char *
herald_field_row_dup_value (HeraldFieldRow *self)
{
  if (GTK_IS_SWITCH (self->control))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->control)) ? "true" : "false");
  if (GTK_IS_DROP_DOWN (self->control))
    return g_strdup (self->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control))]);

  /* White space may be a part of a secret, which the service knows. */
  return self->is_secret ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)))
                         : g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control))));
}

void
herald_field_row_set_value (HeraldFieldRow *self,
                            const char     *value)
{
  self->is_setting = TRUE;
  show_value (self, value != NULL ? value : "");
  self->is_setting = FALSE;
  self->is_dirty = FALSE;
  g_free (self->baseline);
  self->baseline = herald_field_row_dup_value (self);
  herald_field_row_set_problem (self, NULL);
}

void
herald_field_row_propose (HeraldFieldRow *self,
                          const char     *value)
{
  self->is_setting = TRUE;
  show_value (self, value);
  self->is_setting = FALSE;
  herald_field_row_set_problem (self, NULL);
}

gboolean
herald_field_row_is_changed (HeraldFieldRow *self)
{
  g_autofree char *value = herald_field_row_dup_value (self);

  return !g_str_equal (value, self->baseline);
}

void
herald_field_row_set_stored (HeraldFieldRow *self,
                             gboolean        is_stored)
{
  if (GTK_IS_PASSWORD_ENTRY (self->control))
    g_object_set (self->control, "placeholder-text", is_stored ? _("Stored. Type to replace it.") : NULL, NULL);
}

void
herald_field_row_set_label (HeraldFieldRow *self,
                            const char     *label)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  gtk_label_set_text (self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* What takes the focus is the button within. */
  if (GTK_IS_DROP_DOWN (self->control))
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->control)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
herald_field_row_set_hint (HeraldFieldRow *self,
                           const char     *hint)
{
  set_text (self->hint, hint);
  describe (self);
}

/**
 * herald_field_row_set_problem:
 * @problem: (nullable): one sentence; %NULL if there is none any more
 *
 * What the table says against changing it stays.
 */
void
herald_field_row_set_problem (HeraldFieldRow *self,
                              const char     *problem)
{
  gboolean is_wrong = problem != NULL && *problem != '\0';

  set_text (self->problem, is_wrong ? problem : self->obstacle);
  if (is_wrong)
    gtk_widget_add_css_class (self->control, "error");
  else
    gtk_widget_remove_css_class (self->control, "error");
  describe (self);
}

/**
 * herald_field_row_get_problem:
 *
 * Returns: what is wrong; empty if nothing is
 */
const char *
herald_field_row_get_problem (HeraldFieldRow *self)
{
  return gtk_label_get_text (self->problem);
}

gboolean
herald_field_row_check (HeraldFieldRow *self)
{
  g_autofree char *value = herald_field_row_dup_value (self);
  g_autofree char *problem = NULL;

  if (self->is_required && *value == '\0' && *self->fallback == '\0')
    problem = g_strdup (_("This is needed."));
  else if (self->is_secret)
    return *herald_field_row_get_problem (self) == '\0';
  else
    problem = herald_field_check_value (self->kind, value);
  herald_field_row_set_problem (self, problem);

  return problem == NULL;
}

void
herald_field_row_settle (HeraldFieldRow *self)
{
  settle (self);
}
