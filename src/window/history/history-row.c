/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-row"

#include "window/history/history-row.h"

#include <glib/gi18n-lib.h>

#include "window/base/condition.h"
#include "window/base/human.h"

/**
 * HeraldHistoryRow:
 *
 * A message in the list: what was said, on which channel, when, and what became of it. It follows its entry, and gets another
 * one when it has gone out of sight.
 */
struct _HeraldHistoryRow
{
  AdwBin parent_instance;

  HeraldHistoryEntry *entry;
  const HeraldCondition *condition;

  GtkWidget *icon;
  GtkLabel *title;
  GtkLabel *text;
  GtkLabel *outcome;
  GtkLabel *channel;
  GtkLabel *moment;
  GtkWidget *picture;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryRow, herald_history_row, ADW_TYPE_BIN)

static void
set_style (HeraldHistoryRow *self,
           const char       *style,
           gboolean          on)
{
  GtkWidget *widgets[] = { self->icon, GTK_WIDGET (self->outcome) };

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
  self->condition = herald_condition_of_delivery (herald_history_entry_get_text (self->entry, "state"));
  set_style (self, self->condition->style, TRUE);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), self->condition->icon_name);
  if (*reason != '\0')
    outcome = g_strdup_printf (_("%s: %s"), _(self->condition->words), reason);
  else
    outcome = g_strdup (_(self->condition->words));
  gtk_label_set_text (self->outcome, outcome);
}

/* The list has a widget of its own around each row, and that is what gets the focus and is read aloud. */
static void
set_name (HeraldHistoryRow *self,
          const char       *name)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_name (HeraldHistoryRow *self)
{
  const char *title = gtk_label_get_text (self->title);
  const char *text = gtk_widget_get_visible (GTK_WIDGET (self->text)) ? gtk_label_get_text (self->text) : "";
  g_autofree char *name = NULL;

  /* Translators: what a screen reader says of a message: title, text, channel, what became of it, when */
  name = g_strdup_printf (_("%s, %s, %s, %s, %s"), title, text, gtk_label_get_text (self->channel),
                          gtk_label_get_text (self->outcome), gtk_label_get_text (self->moment));
  set_name (self, name);
}

static void
update_picture (HeraldHistoryRow *self)
{
  const char *kind = herald_history_entry_get_text (self->entry, "picture");
  gboolean is_film = g_str_equal (kind, "timelapse");
  const char *words = herald_human_get_picture (kind);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->picture), is_film ? "video-x-generic-symbolic" : "image-x-generic-symbolic");
  gtk_widget_set_tooltip_text (self->picture, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (self->picture, *kind != '\0' && !g_str_equal (kind, "none"));
}

static void
update (HeraldHistoryRow *self)
{
  const char *text = herald_history_entry_get_text (self->entry, "text");
  const char *title = herald_history_entry_get_text (self->entry, "title");
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *moment = NULL;

  gtk_widget_set_opacity (gtk_widget_get_first_child (GTK_WIDGET (self)), herald_history_entry_is_known (self->entry) ? 1 : 0);
  if (!herald_history_entry_is_known (self->entry))
    {
      set_name (self, _("Being fetched"));
      return;
    }

  moment = herald_human_format_moment (herald_history_entry_get_text (self->entry, "created"), now);
  gtk_label_set_text (self->title, *title != '\0' ? title : text);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), *title != '\0' && *text != '\0');
  gtk_label_set_text (self->channel, herald_history_entry_get_channel_name (self->entry));
  gtk_label_set_text (self->moment, moment);
  update_picture (self);
  update_outcome (self);
  update_name (self);
}

/* GObject */

static void
herald_history_row_dispose (GObject *object)
{
  herald_history_row_set_entry (HERALD_HISTORY_ROW (object), NULL);

  G_OBJECT_CLASS (herald_history_row_parent_class)->dispose (object);
}

static void
herald_history_row_class_init (HeraldHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_history_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/history/history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, text);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, channel);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, moment);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryRow, picture);
}

static void
herald_history_row_init (HeraldHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_history_row_new:
 *
 * Returns: (transfer floating): a row without an entry
 */
GtkWidget *
herald_history_row_new (void)
{
  return g_object_new (HERALD_TYPE_HISTORY_ROW, NULL);
}

void
herald_history_row_set_entry (HeraldHistoryRow   *self,
                              HeraldHistoryEntry *entry)
{
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, update, self);
  g_set_object (&self->entry, entry);
  if (entry == NULL)
    return;

  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
