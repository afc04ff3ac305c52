/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-words-field"

#include "window/messages/words-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "window/messages/suggestion-popover.h"
#include "window/messages/words-buffer.h"

/* Whoever writes so much wants to know how much is left. */
#define COUNTER_FROM_BYTES (HERALD_WORDS_MAX_BYTES * 3 / 4)

/* So that it looks like a place for more than a line */
#define TEXT_LINES 3

/**
 * HeraldWordsField:
 *
 * A field for a template: the values in it are marked and vanish as a whole, mistakes are underlined, and what is being typed is
 * completed. It keeps what was typed, whatever becomes of the service.
 */
struct _HeraldWordsField
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkLabel *counter;
  GtkWidget *emoji_button;
  GtkWidget *frame;
  GtkScrolledWindow *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *hint;
  GtkLabel *problem;

  GtkWidget *popover;
  GVariant *descriptions; /* a{ss}; NULL until it is known */
  char **problems;
  gboolean is_one_line;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (HeraldWordsField, herald_words_field, GTK_TYPE_BOX)

enum
{
  PROP_LABEL = 1,
  PROP_ONE_LINE,
  N_PROPERTIES,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
update_counter (HeraldWordsField *self)
{
  gsize length = strlen (herald_words_field_get_text (self));
  g_autofree char *text = g_strdup_printf (_("%u of %u"), (guint) length, (guint) HERALD_WORDS_MAX_BYTES);

  gtk_label_set_text (self->counter, text);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), length >= COUNTER_FROM_BYTES);
  if (length > HERALD_WORDS_MAX_BYTES)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
}

static void
update_problem (HeraldWordsField *self)
{
  g_autofree char *sentences = NULL;

  if (herald_words_field_is_too_long (self))
    sentences = g_strdup (_("This is longer than any message can be. Please shorten it."));
  else if (self->problems != NULL)
    sentences = g_strjoinv ("\n", self->problems);
  gtk_label_set_text (self->problem, sentences != NULL ? sentences : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentences != NULL && *sentences != '\0');
}

/* ── Suggestions ────────────────────────────────────────────────────────── */

static void
hide_suggestions (HeraldWordsField *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* The text of its line before the cursor: nothing that is completed goes over a line. */
static char *
dup_before_cursor (HeraldWordsField *self,
                   GtkTextIter      *cursor)
{
  GtkTextIter start;

  gtk_text_buffer_get_iter_at_mark (self->buffer, cursor, gtk_text_buffer_get_insert (self->buffer));
  start = *cursor;
  gtk_text_iter_set_line_offset (&start, 0);

  return gtk_text_buffer_get_text (self->buffer, &start, cursor, TRUE);
}

static void
show_suggestions (HeraldWordsField *self)
{
  GtkTextIter cursor;
  g_autofree char *before = dup_before_cursor (self, &cursor);
  g_autoptr(GPtrArray) found = NULL;
  GdkRectangle place;
  gsize start = 0;

  if (self->descriptions != NULL && gtk_widget_has_focus (GTK_WIDGET (self->view)))
    found = herald_suggestions_find (before, self->descriptions, &start);
  if (found == NULL)
    {
      hide_suggestions (self);
      return;
    }

  gtk_text_view_get_iter_location (self->view, &cursor, &place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x, &place.y);
  herald_suggestion_popover_show (HERALD_SUGGESTION_POPOVER (self->popover), found, &place);
}

static void
on_suggestion_chosen (HeraldWordsField *self,
                      const char       *insert)
{
  GtkTextIter cursor;
  GtkTextIter begin;
  g_autofree char *before = dup_before_cursor (self, &cursor);
  g_autoptr(GPtrArray) found = NULL;
  gsize start = 0;

  hide_suggestions (self);
  if (self->descriptions != NULL)
    found = herald_suggestions_find (before, self->descriptions, &start);
  if (found == NULL)
    return;

  begin = cursor;
  gtk_text_iter_set_line_offset (&begin, (int) g_utf8_pointer_to_offset (before, before + start));
  gtk_text_buffer_begin_user_action (self->buffer);
  /* The brace that closes it may be there from before. */
  if (*insert == '{' && gtk_text_iter_get_char (&cursor) == '}')
    gtk_text_iter_forward_char (&cursor);
  gtk_text_buffer_delete (self->buffer, &begin, &cursor);
  gtk_text_buffer_insert (self->buffer, &begin, insert, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  hide_suggestions (self);
}

/* ── Typing ─────────────────────────────────────────────────────────────── */

static void
on_buffer_changed (HeraldWordsField *self)
{
  update_counter (self);
  update_problem (self);
  if (self->is_filling)
    return;

  show_suggestions (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_cursor_moved (HeraldWordsField *self)
{
  if (!self->is_filling && gtk_widget_get_visible (self->popover))
    show_suggestions (self);
}

static gboolean
on_key_pressed (HeraldWordsField *self,
                guint             key,
                guint             code,
                GdkModifierType   modifiers)
{
  const GdkModifierType other = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK;

  if ((modifiers & other) != 0)
    return FALSE;
  if (gtk_widget_get_visible (self->popover) && herald_suggestion_popover_take_key (HERALD_SUGGESTION_POPOVER (self->popover), key))
    return TRUE;
  if (key == GDK_KEY_BackSpace || key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    return herald_words_buffer_delete_value (HERALD_WORDS_BUFFER (self->buffer), key == GDK_KEY_BackSpace);

  return self->is_one_line && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter);
}

/* A text view knows its height only after it was drawn, so a line is measured by hand, in the letters of this desktop. */
static void
fit_lines (HeraldWordsField *self)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), "X");
  int height = 0;
  int margins = gtk_text_view_get_top_margin (self->view) + gtk_text_view_get_bottom_margin (self->view);

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_scrolled_window_set_min_content_height (self->scroller, (self->is_one_line ? 1 : TEXT_LINES) * height + margins);
}

static void
on_emoji_clicked (HeraldWordsField *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_signal_emit_by_name (self->view, "insert-emoji");
}

/* GtkWidget */

static gboolean
herald_words_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HERALD_WORDS_FIELD (widget)->view));
}

/* GObject */

static void
herald_words_field_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  HeraldWordsField *self = HERALD_WORDS_FIELD (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    case PROP_ONE_LINE:
      g_value_set_boolean (value, self->is_one_line);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_words_field_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  HeraldWordsField *self = HERALD_WORDS_FIELD (object);

  switch (id)
    {
    case PROP_LABEL:
      gtk_label_set_text_with_mnemonic (self->label, g_value_get_string (value));
      break;
    case PROP_ONE_LINE:
      self->is_one_line = g_value_get_boolean (value);
      herald_words_buffer_set_one_line (HERALD_WORDS_BUFFER (self->buffer), self->is_one_line);
      gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, self->is_one_line ? GTK_POLICY_EXTERNAL : GTK_POLICY_AUTOMATIC);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_words_field_dispose (GObject *object)
{
  HeraldWordsField *self = HERALD_WORDS_FIELD (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (herald_words_field_parent_class)->dispose (object);
}

static void
herald_words_field_finalize (GObject *object)
{
  HeraldWordsField *self = HERALD_WORDS_FIELD (object);

  g_clear_pointer (&self->descriptions, g_variant_unref);
  g_strfreev (self->problems);

  G_OBJECT_CLASS (herald_words_field_parent_class)->finalize (object);
}

static void
herald_words_field_class_init (HeraldWordsFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = herald_words_field_get_property;
  object_class->set_property = herald_words_field_set_property;
  object_class->dispose = herald_words_field_dispose;
  object_class->finalize = herald_words_field_finalize;
  widget_class->grab_focus = herald_words_field_grab_focus;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_ONE_LINE] = g_param_spec_boolean ("one-line", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HERALD_TYPE_WORDS_BUFFER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/words-field.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, label);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, counter);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, emoji_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, frame);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, scroller);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, view);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, buffer);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, hint);
  gtk_widget_class_bind_template_child (widget_class, HeraldWordsField, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_emoji_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_buffer_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor_moved);
}

static void
herald_words_field_init (HeraldWordsField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->popover = herald_suggestion_popover_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (on_suggestion_chosen), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self, "map", G_CALLBACK (fit_lines), self, 0);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (hide_suggestions), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

/**
 * herald_words_field_set_values:
 * @descriptions: a{ss}: the values that are known here, and what each is
 */
void
herald_words_field_set_values (HeraldWordsField *self,
                               GVariant         *descriptions)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  GVariantIter iter;
  const char *name;

  g_variant_ref (descriptions);
  g_clear_pointer (&self->descriptions, g_variant_unref);
  self->descriptions = descriptions;
  g_variant_iter_init (&iter, descriptions);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, NULL))
    g_strv_builder_add (builder, name);
  names = g_strv_builder_end (builder);
  herald_words_buffer_set_names (HERALD_WORDS_BUFFER (self->buffer), (const char *const *) names);
}

void
herald_words_field_set_text (HeraldWordsField *self,
                             const char       *text)
{
  if (g_str_equal (herald_words_field_get_text (self), text))
    return;

  self->is_filling = TRUE;
  gtk_text_buffer_set_text (self->buffer, text, -1);
  self->is_filling = FALSE;
}

const char *
herald_words_field_get_text (HeraldWordsField *self)
{
  return herald_words_buffer_get_words (HERALD_WORDS_BUFFER (self->buffer));
}

gboolean
herald_words_field_is_too_long (HeraldWordsField *self)
{
  return strlen (herald_words_field_get_text (self)) > HERALD_WORDS_MAX_BYTES;
}

void
herald_words_field_set_hint (HeraldWordsField *self,
                             const char       *hint)
{
  gtk_label_set_text (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *hint != '\0');
}

void
herald_words_field_set_problems (HeraldWordsField  *self,
                                 const char *const *problems)
{
  g_strfreev (self->problems);
  self->problems = g_strdupv ((char **) problems);
  herald_words_buffer_set_problems (HERALD_WORDS_BUFFER (self->buffer), problems);
  update_problem (self);
}

void
herald_words_field_insert (HeraldWordsField *self,
                           const char       *text)
{
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  hide_suggestions (self);
}
