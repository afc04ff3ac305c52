/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-suggestion-popover"

#include "window/messages/suggestion-popover.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"

/**
 * HeraldSuggestionPopover:
 *
 * What may be meant by what is being typed, beside the cursor. It never takes the focus: whoever types goes on typing, and the
 * arrows, Enter, Tab and Escape are handed to it.
 */
struct _HeraldSuggestionPopover
{
  GtkPopover parent_instance;

  GtkListBox *list;
  GPtrArray *suggestions;
};

G_DEFINE_FINAL_TYPE (HeraldSuggestionPopover, herald_suggestion_popover, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
make_row (const HeraldSuggestion *suggestion)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (suggestion->label);
  GtkWidget *description = gtk_label_new (suggestion->description);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *spoken = g_strconcat (suggestion->label, herald_text_get_comma (), suggestion->description, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (description), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (description), 32);
  gtk_label_set_xalign (GTK_LABEL (description), 0);
  gtk_widget_add_css_class (description, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), description);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_can_focus (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

static void
choose (HeraldSuggestionPopover *self,
        GtkListBoxRow           *row)
{
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  g_autofree char *insert = NULL;

  if (index < 0 || self->suggestions == NULL || (guint) index >= self->suggestions->len)
    return;

  /* What comes of it shows other suggestions. */
  insert = g_strdup (((HeraldSuggestion *) g_ptr_array_index (self->suggestions, (guint) index))->insert);
  g_signal_emit (self, signals[CHOSEN], 0, insert);
}

static void
step (HeraldSuggestionPopover *self,
      int                      by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int count = (int) self->suggestions->len;
  int index = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (index + by + count) % count));
}

/* GObject */

static void
herald_suggestion_popover_finalize (GObject *object)
{
  HeraldSuggestionPopover *self = HERALD_SUGGESTION_POPOVER (object);

  g_clear_pointer (&self->suggestions, g_ptr_array_unref);

  G_OBJECT_CLASS (herald_suggestion_popover_parent_class)->finalize (object);
}

static void
herald_suggestion_popover_class_init (HeraldSuggestionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_suggestion_popover_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
herald_suggestion_popover_init (HeraldSuggestionPopover *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Suggestions"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);

  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

GtkWidget *
herald_suggestion_popover_new (void)
{
  return g_object_new (HERALD_TYPE_SUGGESTION_POPOVER, NULL);
}

void
herald_suggestion_popover_show (HeraldSuggestionPopover *self,
                                GPtrArray               *suggestions,
                                const GdkRectangle      *place)
{
  GtkWidget *row;

  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  self->suggestions = g_ptr_array_ref (suggestions);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < suggestions->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (suggestions, i)));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));

  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
}

gboolean
herald_suggestion_popover_take_key (HeraldSuggestionPopover *self,
                                    guint                    key)
{
  if (self->suggestions == NULL)
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Up:
      step (self, -1);
      return TRUE;
    case GDK_KEY_Down:
      step (self, 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      choose (self, gtk_list_box_get_selected_row (self->list));
      return TRUE;
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self));
      return TRUE;
    default:
      return FALSE;
    }
}

