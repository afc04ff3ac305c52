/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-row"

#include "window/history/history-row.h"

#include <glib/gi18n-lib.h>

#include "window/base/condition.h"
#include "window/base/human.h"

/**
 * HeraldHistoryRow:
 *
 * A message in the list: what was said, on which channel, when, and what became
 * of it. It follows its entry.
 */
struct _HeraldHistoryRow
{
  GtkListBoxRow parent_instance;

  HeraldHistoryEntry *entry;
  const HeraldCondition *condition;

  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *outcome;
  GtkWidget *channel;
  GtkWidget *moment;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryRow, herald_history_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_style (HeraldHistoryRow *self,
           const char       *style,
           gboolean          on)
{
  GtkWidget *widgets[] = { self->icon, self->outcome };

  for (guint i = 0; style != NULL && i < G_N_ELEMENTS (widgets); i++)
    {
      if (on)
        gtk_widget_add_css_class (widgets[i], style);
      else
        gtk_widget_remove_css_class (widgets[i], style);
    }
}

static void
update_outcome (HeraldHistoryRow *self)
{
  const char *reason = herald_history_entry_get_text (self->entry, "reason");
  g_autofree char *outcome = NULL;

  if (self->condition != NULL)
    set_style (self, self->condition->style, FALSE);
  self->condition = herald_condition_of_delivery (
      herald_history_entry_get_text (self->entry, "state"));
  set_style (self, self->condition->style, TRUE);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), self->condition->icon_name);
  if (*reason != '\0')
    outcome = g_strdup_printf (_("%s: %s"), _(self->condition->words), reason);
  else
    outcome = g_strdup (_(self->condition->words));
  gtk_label_set_text (GTK_LABEL (self->outcome), outcome);
}

static void
update (HeraldHistoryRow *self)
{
  const char *text = herald_history_entry_get_text (self->entry, "text");
  const char *title = herald_history_entry_get_text (self->entry, "title");
  const char *channel = herald_history_entry_get_channel_name (self->entry);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *moment = NULL;
  g_autofree char *summary = NULL;

  moment = herald_human_format_moment (herald_history_entry_get_text (self->entry, "created"), now);
  gtk_label_set_text (GTK_LABEL (self->title), *title != '\0' ? title : text);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->text, *title != '\0' && *text != '\0');
  gtk_label_set_text (GTK_LABEL (self->channel), channel);
  gtk_label_set_text (GTK_LABEL (self->moment), moment);
  update_outcome (self);

  summary = g_strdup_printf ("%s, %s, %s, %s, %s", title, text, channel,
                             gtk_label_get_text (GTK_LABEL (self->outcome)), moment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
}

/* GObject */

static void
herald_history_row_dispose (GObject *object)
{
  HeraldHistoryRow *self = HERALD_HISTORY_ROW (object);

  g_clear_object (&self->entry);

  G_OBJECT_CLASS (herald_history_row_parent_class)->dispose (object);
}

static void
herald_history_row_class_init (HeraldHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_history_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/octoherald/OctoHerald/history/history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, text);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, channel);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, moment);
}

static void
herald_history_row_init (HeraldHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_history_row_new:
 * @entry: what the row follows
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
herald_history_row_new (HeraldHistoryEntry *entry)
{
  HeraldHistoryRow *self = g_object_new (HERALD_TYPE_HISTORY_ROW, NULL);

  self->entry = g_object_ref (entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
