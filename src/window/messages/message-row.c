/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-row"

#include "window/messages/message-row.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/messages/message-words.h"

/**
 * HeraldMessageRow:
 *
 * A message in the list: what it would say now, where it goes, whether it is set otherwise than from the start and what is wrong
 * with it; with a switch and the way to its editor.
 */
struct _HeraldMessageRow
{
  GtkListBoxRow parent_instance;

  HeraldServiceLink *link;
  HeraldMessageItem *item;
  gboolean is_filling;

  GtkWidget *words;
  GtkWidget *name;
  GtkWidget *text;
  GtkWidget *where;
  GtkWidget *mark;
  GtkWidget *problem;
  GtkSwitch *enabled_switch;
  GtkWidget *edit_button;
};

G_DEFINE_FINAL_TYPE (HeraldMessageRow, herald_message_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SWITCHED,
  EDIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* As it reads, or its words until that is known */
static const char *
get_text (HeraldMessageRow *self)
{
  GVariant *rendering = herald_message_item_get_rendering (self->item);
  const char *text = "";

  if (rendering == NULL || !g_variant_lookup (rendering, "text", "&s", &text))
    return herald_message_item_get (self->item, "text");

  return text;
}

static void
update_switch (HeraldMessageRow *self,
               gboolean          is_enabled)
{
  self->is_filling = TRUE;
  gtk_switch_set_active (self->enabled_switch, is_enabled);
  gtk_switch_set_state (self->enabled_switch, is_enabled);
  self->is_filling = FALSE;
  gtk_widget_set_opacity (self->words, is_enabled ? 1 : 0.6);
}

/* A screen reader says this when the row is reached by keyboard. */
static void
update_spoken (HeraldMessageRow *self)
{
  const char *name = gtk_label_get_text (GTK_LABEL (self->name));
  GtkWidget *const labels[] = { self->text, self->where, self->mark, self->problem };
  g_autoptr(GString) summary = g_string_new (name);
  /* Translators: the name of a message, like “Print finished” */
  g_autofree char *tell = g_strdup_printf (_("Tell “%s”"), name);
  g_autofree char *edit = g_strdup_printf (_("Change “%s”"), name);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (gtk_widget_get_visible (labels[i]))
        g_string_append_printf (summary, "%s%s", herald_text_get_comma (), gtk_label_get_text (GTK_LABEL (labels[i])));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary->str, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enabled_switch), GTK_ACCESSIBLE_PROPERTY_LABEL, tell, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit_button), GTK_ACCESSIBLE_PROPERTY_LABEL, edit, -1);
  gtk_widget_set_tooltip_text (self->edit_button, edit);
}

static gboolean
on_switched (HeraldMessageRow *self,
             gboolean          is_enabled)
{
  if (self->is_filling)
    return FALSE;

  /* The switch shows what is wanted, and its colour what holds, until the service has answered. */
  g_signal_emit (self, signals[SWITCHED], 0, is_enabled);

  return TRUE;
}

static void
on_edit_clicked (HeraldMessageRow *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

/* GObject */

static void
herald_message_row_dispose (GObject *object)
{
  HeraldMessageRow *self = HERALD_MESSAGE_ROW (object);

  g_clear_object (&self->link);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (herald_message_row_parent_class)->dispose (object);
}

static void
herald_message_row_class_init (HeraldMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_message_row_dispose;

  signals[SWITCHED] = g_signal_new ("switched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, words);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, text);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, where);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, mark);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, enabled_switch);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessageRow, edit_button);
  gtk_widget_class_bind_template_callback (widget_class, on_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
}

static void
herald_message_row_init (HeraldMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
herald_message_row_new (HeraldServiceLink *link,
                        HeraldMessageItem *item)
{
  HeraldMessageRow *self = g_object_new (HERALD_TYPE_MESSAGE_ROW, NULL);

  self->link = g_object_ref (link);
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (herald_message_row_update), self, G_CONNECT_SWAPPED);
  herald_message_row_update (self);

  return GTK_WIDGET (self);
}

HeraldMessageItem *
herald_message_row_get_item (HeraldMessageRow *self)
{
  return self->item;
}

void
herald_message_row_update (HeraldMessageRow *self)
{
  GVariant *rendering = herald_message_item_get_rendering (self->item);
  gboolean is_enabled = herald_message_item_get_enabled (self->item);
  g_autofree char *where = herald_message_words_dup_where (self->link, rendering, is_enabled);
  g_autofree char *problem = is_enabled ? herald_message_words_dup_problem (rendering) : NULL;
  const char *mark = *herald_message_item_get_printer (self->item) != '\0' ? _("Only for this printer") : _("Changed");

  set_text (self->name, herald_message_item_get_name (self->item));
  set_text (self->text, get_text (self));
  set_text (self->where, where);
  set_text (self->mark, herald_message_item_has_own (self->item) ? mark : "");
  set_text (self->problem, problem);
  update_switch (self, is_enabled);
  update_spoken (self);
}
