/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-busy-button"

#include "window/base/busy-button.h"

/* What is over sooner needs no sign that it goes on. */
#define SIGN_DELAY_MS 500

/**
 * HeraldBusyButton:
 *
 * A button for what takes a while: while it is busy it cannot be pressed again, and after half a second a spinner says that it
 * goes on. Its size stays the same.
 */
struct _HeraldBusyButton
{
  GtkButton parent_instance;

  GtkLabel *label;
  GtkSpinner *spinner;
  gboolean is_busy;
  guint sign_id;
};

G_DEFINE_FINAL_TYPE (HeraldBusyButton, herald_busy_button, GTK_TYPE_BUTTON)

enum
{
  PROP_TEXT = 1,
  PROP_BUSY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
show_sign (HeraldBusyButton *self,
           gboolean          is_shown)
{
  gtk_spinner_set_spinning (self->spinner, is_shown);
  gtk_widget_set_opacity (GTK_WIDGET (self->spinner), is_shown ? 1 : 0);
  gtk_widget_set_opacity (GTK_WIDGET (self->label), is_shown ? 0 : 1);
}

static gboolean
on_sign_timeout (gpointer user_data)
{
  HeraldBusyButton *self = user_data;

  self->sign_id = 0;
  show_sign (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* GObject */

static void
herald_busy_button_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  HeraldBusyButton *self = HERALD_BUSY_BUTTON (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->is_busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_busy_button_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  HeraldBusyButton *self = HERALD_BUSY_BUTTON (object);

  switch (id)
    {
    case PROP_TEXT:
      gtk_label_set_text_with_mnemonic (self->label, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (self->label), -1);
      break;
    case PROP_BUSY:
      herald_busy_button_set_busy (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_busy_button_dispose (GObject *object)
{
  g_clear_handle_id (&HERALD_BUSY_BUTTON (object)->sign_id, g_source_remove);

  G_OBJECT_CLASS (herald_busy_button_parent_class)->dispose (object);
}

static void
herald_busy_button_class_init (HeraldBusyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_busy_button_get_property;
  object_class->set_property = herald_busy_button_set_property;
  object_class->dispose = herald_busy_button_dispose;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
herald_busy_button_init (HeraldBusyButton *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_label_set_mnemonic_widget (self->label, GTK_WIDGET (self));
  /* With a name of its own and that of its label it would be read aloud twice. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_widget_set_halign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->label));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->spinner));
  gtk_button_set_child (GTK_BUTTON (self), overlay);
  gtk_widget_add_css_class (GTK_WIDGET (self), "text-button");
  show_sign (self, FALSE);
}

/**
 * herald_busy_button_new:
 * @text: with a mnemonic
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
herald_busy_button_new (const char *text)
{
  return g_object_new (HERALD_TYPE_BUSY_BUTTON, "text", text, NULL);
}

void
herald_busy_button_set_busy (HeraldBusyButton *self,
                             gboolean          is_busy)
{
  g_return_if_fail (HERALD_IS_BUSY_BUTTON (self));

  if (self->is_busy == is_busy)
    return;

  self->is_busy = is_busy;
  g_clear_handle_id (&self->sign_id, g_source_remove);
  if (is_busy)
    self->sign_id = g_timeout_add (SIGN_DELAY_MS, on_sign_timeout, self);
  else
    show_sign (self, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !is_busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, is_busy, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

gboolean
herald_busy_button_get_busy (HeraldBusyButton *self)
{
  return self->is_busy;
}
