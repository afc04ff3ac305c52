/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-words-editor"

#include "window/messages/words-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/words/text-form.h"
#include "window/messages/template-spans.h"
#include "window/messages/words-field.h"

/* What people put into messages, in the order in which they do; the others are found behind a button. */
static const char *const favourites[] = {
  "file",   "printer", "time_formatted", "progress", "spent_formatted", "remaining_formatted", "eta",  "error",
  "reason", "gcode",   "heater",         "temperature", "question",     "text",                "clock", NULL,
};

/* So many fit on two lines of a narrow window. */
#define FAVOURITES_MAX 8

/**
 * HeraldWordsEditor:
 *
 * Title and text of a message, for all or for one form, and the values that can be put into them by a click.
 */
struct _HeraldWordsEditor
{
  GtkBox parent_instance;

  HeraldMessageDraft *draft;
  GPtrArray *forms; /* of HeraldTextForm, borrowed; the first is NULL: all */
  HeraldWordsField *last_focused;
  char **problems;
  GVariant *rendering; /* NULL until there is one */
  gboolean is_filling;

  AdwComboRow *form_row;
  HeraldWordsField *title_field;
  HeraldWordsField *text_field;
  GtkFlowBox *chips;
  GtkToggleButton *more_button;
};

G_DEFINE_FINAL_TYPE (HeraldWordsEditor, herald_words_editor, GTK_TYPE_BOX)

/* (nullable): NULL for all */
static const HeraldTextForm *
get_form (HeraldWordsEditor *self)
{
  guint selected = adw_combo_row_get_selected (self->form_row);

  return selected < self->forms->len ? g_ptr_array_index (self->forms, selected) : NULL;
}

/* (transfer full): the setting in which the words are kept */
static char *
dup_key (HeraldWordsEditor *self,
         const char        *what)
{
  const HeraldTextForm *form = get_form (self);

  return form != NULL ? g_strdup_printf ("%s-%s", what, form->id) : g_strdup (what);
}

static void
fill (HeraldWordsEditor *self)
{
  const HeraldTextForm *form = get_form (self);
  g_autofree char *title = dup_key (self, "title");
  g_autofree char *text = dup_key (self, "text");
  const char *hint = form != NULL && *herald_message_draft_get (self->draft, text) == '\0'
                       ? _("Empty: the words for all are told.")
                       : "";

  herald_words_field_set_text (self->title_field, herald_message_draft_get (self->draft, title));
  herald_words_field_set_text (self->text_field, herald_message_draft_get (self->draft, text));
  herald_words_field_set_hint (self->text_field, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->title_field), form == NULL || form->title_max > 0);
}

static void
on_form_chosen (HeraldWordsEditor *self)
{
  if (self->draft == NULL || self->is_filling)
    return;

  fill (self);
  if (self->rendering != NULL)
    herald_words_editor_show_rendering (self, self->rendering);
}

static void
take (HeraldWordsEditor *self,
      HeraldWordsField  *field,
      const char        *what)
{
  g_autofree char *key = dup_key (self, what);

  self->last_focused = field;
  if (self->draft != NULL)
    herald_message_draft_set (self->draft, key, herald_words_field_get_text (field));
}

static void
on_title_changed (HeraldWordsEditor *self)
{
  take (self, self->title_field, "title");
}

static void
on_text_changed (HeraldWordsEditor *self)
{
  take (self, self->text_field, "text");
}

/* ── Values ─────────────────────────────────────────────────────────────── */

static void
on_chip_clicked (HeraldWordsEditor *self,
                 GtkButton         *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  g_autofree char *text = g_strdup_printf ("{%s}", name);
  HeraldWordsField *field = self->text_field;

  if (self->last_focused == self->title_field && gtk_widget_get_visible (GTK_WIDGET (self->title_field)))
    field = self->title_field;
  herald_words_field_insert (field, text);
}

static void
add_chip (HeraldWordsEditor *self,
          const char        *name,
          const char        *description)
{
  GtkWidget *button = gtk_button_new_with_label (name);
  GtkWidget *child = gtk_flow_box_child_new ();
  /* Translators: the name of a value, and what it is in a few words */
  g_autofree char *spoken = g_strdup_printf (_("Insert %s: %s"), name, description);

  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_chip_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (child, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_append (self->chips, child);
}

/* The favourites first, then all others in the order of the service */
static void
add_chips (HeraldWordsEditor *self,
           GVariant          *descriptions)
{
  GVariantIter iter;
  const char *name;
  const char *description;

  for (guint i = 0; favourites[i] != NULL; i++)
    {
      if (g_variant_lookup (descriptions, favourites[i], "&s", &description))
        add_chip (self, favourites[i], description);
    }
  g_variant_iter_init (&iter, descriptions);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &description))
    {
      if (!g_strv_contains (favourites, name))
        add_chip (self, name, description);
    }
}

static void
update_chips (HeraldWordsEditor *self)
{
  gboolean shows_all = gtk_toggle_button_get_active (self->more_button);
  GtkFlowBoxChild *child;
  int n = 0;

  for (n = 0; (child = gtk_flow_box_get_child_at_index (self->chips, n)) != NULL; n++)
    gtk_widget_set_visible (GTK_WIDGET (child), shows_all || n < FAVOURITES_MAX);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), n > FAVOURITES_MAX);
}

/* Whichever of both was used last gets what is clicked. */
static void
on_focus_entered (GtkEventController *controller,
                  gpointer            user_data)
{
  HeraldWordsEditor *self = user_data;

  self->last_focused = HERALD_WORDS_FIELD (gtk_event_controller_get_widget (controller));
}

static void
watch_focus (HeraldWordsEditor *self,
             HeraldWordsField  *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus_entered), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (field), focus);
}

/* ── Forms ──────────────────────────────────────────────────────────────── */

static void
add_forms (HeraldWordsEditor *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n_forms;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);

  self->forms = g_ptr_array_new ();
  g_ptr_array_add (self->forms, NULL);
  gtk_string_list_append (names, _("All"));
  for (guint i = 0; i < n_forms; i++)
    {
      if (!g_str_equal (forms[i].id, forms[i].words_id))
        continue;
      g_ptr_array_add (self->forms, (gpointer) &forms[i]);
      gtk_string_list_append (names, _(forms[i].name));
    }
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->form_row, G_LIST_MODEL (names));
  self->is_filling = FALSE;
}

/* GObject */

static void
herald_words_editor_finalize (GObject *object)
{
  HeraldWordsEditor *self = HERALD_WORDS_EDITOR (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_strfreev (self->problems);
  g_clear_pointer (&self->rendering, g_variant_unref);

  G_OBJECT_CLASS (herald_words_editor_parent_class)->finalize (object);
}

static void
herald_words_editor_class_init (HeraldWordsEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_words_editor_finalize;

  g_type_ensure (HERALD_TYPE_WORDS_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/words-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsEditor, form_row);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsEditor, title_field);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsEditor, text_field);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsEditor, chips);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsEditor, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_form_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, update_chips);
}

static void
herald_words_editor_init (HeraldWordsEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_forms (self);
  watch_focus (self, self->title_field);
  watch_focus (self, self->text_field);
}

void
herald_words_editor_set_draft (HeraldWordsEditor  *self,
                               HeraldMessageDraft *draft)
{
  g_autoptr(GVariant) descriptions = NULL;

  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  descriptions = herald_message_item_lookup (herald_message_draft_get_item (draft), "variable_descriptions", "a{ss}");
  if (descriptions == NULL)
    descriptions = g_variant_ref_sink (g_variant_new ("a{ss}", NULL));
  herald_words_field_set_values (self->title_field, descriptions);
  herald_words_field_set_values (self->text_field, descriptions);
  add_chips (self, descriptions);
  update_chips (self);
  g_signal_connect_object (draft, "refreshed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

void
herald_words_editor_begin (HeraldWordsEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_field));
}

gboolean
herald_words_editor_is_too_long (HeraldWordsEditor *self)
{
  return herald_words_field_is_too_long (self->title_field) || herald_words_field_is_too_long (self->text_field);
}

static gboolean
is_about (const char *problem,
          const char *text)
{
  g_autofree char *subject = herald_template_spans_dup_subject (problem);

  return subject != NULL && strstr (text, subject) != NULL;
}

/* Into the field they are about; what is about neither is about the whole, if @is_whole. */
static void
sort_problems (HeraldWordsEditor *self,
               GVariant          *rendering,
               gboolean           is_whole,
               GStrvBuilder      *of_title,
               GStrvBuilder      *of_text)
{
  const char *title = herald_words_field_get_text (self->title_field);
  const char *text = herald_words_field_get_text (self->text_field);
  g_autofree const char **problems = NULL;

  g_variant_lookup (rendering, "problems", "^a&s", &problems);
  for (gsize i = 0; problems != NULL && problems[i] != NULL; i++)
    {
      if (is_about (problems[i], text))
        g_strv_builder_add (of_text, problems[i]);
      else if (is_about (problems[i], title))
        g_strv_builder_add (of_title, problems[i]);
      else if (is_whole)
        g_strv_builder_add (of_text, problems[i]);
    }
}

/* (transfer full) (nullable): of the first channel that has the words of @form */
static GVariant *
find_rendering (GVariant             *rendering,
                const HeraldTextForm *form)
{
  g_autoptr(GVariant) channels = g_variant_lookup_value (rendering, "channels", G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; channels != NULL && i < g_variant_n_children (channels); i++)
    {
      g_autoptr(GVariant) channel = g_variant_get_child_value (channels, i);
      const char *id = "";
      const HeraldTextForm *other;

      g_variant_lookup (channel, "form", "&s", &id);
      other = herald_text_form_find (id);
      if (other != NULL && g_str_equal (other->words_id, form->id))
        return g_steal_pointer (&channel);
    }

  return NULL;
}

/**
 * herald_words_editor_show_rendering:
 * @rendering: of Render, worded as for all, with the channels
 */
void
herald_words_editor_show_rendering (HeraldWordsEditor *self,
                                    GVariant          *rendering)
{
  const HeraldTextForm *form = get_form (self);
  g_autoptr(GVariant) of_form = form != NULL ? find_rendering (rendering, form) : NULL;
  g_autoptr(GStrvBuilder) of_title = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) of_text = g_strv_builder_new ();
  g_auto(GStrv) title_problems = NULL;
  g_auto(GStrv) text_problems = NULL;

  if (form == NULL)
    sort_problems (self, rendering, TRUE, of_title, of_text);
  else if (of_form != NULL)
    sort_problems (self, of_form, FALSE, of_title, of_text);
  title_problems = g_strv_builder_end (of_title);
  text_problems = g_strv_builder_end (of_text);
  herald_words_field_set_problems (self->title_field, (const char *const *) title_problems);
  herald_words_field_set_problems (self->text_field, (const char *const *) text_problems);

  g_strfreev (self->problems);
  g_strv_builder_addv (of_text, (const char **) text_problems);
  g_strv_builder_addv (of_text, (const char **) title_problems);
  self->problems = g_strv_builder_end (of_text);
  /* It may be the same. */
  g_variant_ref (rendering);
  g_clear_pointer (&self->rendering, g_variant_unref);
  self->rendering = rendering;
}

const char *const *
herald_words_editor_get_problems (HeraldWordsEditor *self)
{
  return (const char *const *) self->problems;
}
