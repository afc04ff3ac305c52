/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-row"

#include "window/printers/printer-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "window/base/condition.h"
#include "window/base/human.h"

/**
 * HeraldPrinterRow:
 *
 * A printer in the list: how it is doing, in words and picture, what it prints,
 * how far it is, how hot it is and what is wrong. It follows the properties of
 * its Printer1.
 */
struct _HeraldPrinterRow
{
  GtkListBoxRow parent_instance;

  HeraldDBusPrinter1 *printer;
  const HeraldCondition *condition;

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *state;
  GtkWidget *file;
  GtkWidget *progress_box;
  GtkWidget *progress;
  GtkWidget *percent;
  GtkWidget *left;
  GtkWidget *temperatures;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (HeraldPrinterRow, herald_printer_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
set_style (GtkWidget  *widget,
           const char *before,
           const char *now)
{
  if (before != NULL)
    gtk_widget_remove_css_class (widget, before);
  if (now != NULL)
    gtk_widget_add_css_class (widget, now);
}

static void
update_condition (HeraldPrinterRow *self)
{
  const HeraldCondition *condition;
  const char *style = self->condition != NULL ? self->condition->style : NULL;

  condition = herald_condition_of_printer (herald_dbus_printer1_get_connection (self->printer),
                                           herald_dbus_printer1_get_state (self->printer));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), condition->icon_name);
  set_style (self->icon, style, condition->style);
  set_style (self->state, style, condition->style);
  set_text (self->state, _(condition->words));
  self->condition = condition;
}

static void
update_job (HeraldPrinterRow *self)
{
  const char *file = herald_dbus_printer1_get_file (self->printer);
  double percent = herald_dbus_printer1_get_progress (self->printer);
  g_autofree char *percent_text = NULL;
  g_autofree char *left = NULL;
  gboolean known = isfinite (percent) && percent >= 0 && file != NULL && *file != '\0';

  set_text (self->file, file);
  gtk_widget_set_visible (self->progress_box, known);
  if (!known)
    return;

  percent = MIN (percent, 100);
  percent_text = g_strdup_printf (_("%.0f %%"), floor (percent));
  left = percent < 100
           ? herald_human_format_left (herald_dbus_printer1_get_remaining (self->printer))
           : g_strdup ("");
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), percent / 100);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  percent_text, -1);
  set_text (self->percent, percent_text);
  set_text (self->left, left);
}

/* A screen reader says this when the row is reached by keyboard. */
static void
update_summary (HeraldPrinterRow *self)
{
  const char *const labels[] = {
    gtk_label_get_text (GTK_LABEL (self->name)), gtk_label_get_text (GTK_LABEL (self->state)),
    gtk_label_get_text (GTK_LABEL (self->file)), gtk_label_get_text (GTK_LABEL (self->percent)),
    gtk_label_get_text (GTK_LABEL (self->left)), gtk_label_get_text (GTK_LABEL (self->problem)),
  };
  GString *summary = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gboolean of_progress = i == 3 || i == 4;

      if (*labels[i] == '\0' || (of_progress && !gtk_widget_get_visible (self->progress_box)))
        continue;
      if (summary->len > 0)
        g_string_append (summary, ", ");
      g_string_append (summary, labels[i]);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary->str, -1);
  g_string_free (summary, TRUE);
}

static void
update (HeraldPrinterRow *self)
{
  g_autofree char *temperatures = NULL;

  temperatures = herald_human_format_temperatures (
      herald_dbus_printer1_get_temperatures (self->printer));

  set_text (self->name, herald_dbus_printer1_get_name (self->printer));
  set_text (self->temperatures, temperatures);
  set_text (self->problem, herald_dbus_printer1_get_error (self->printer));
  update_condition (self);
  update_job (self);
  update_summary (self);
}

/* GObject */

static void
herald_printer_row_dispose (GObject *object)
{
  HeraldPrinterRow *self = HERALD_PRINTER_ROW (object);

  g_clear_object (&self->printer);

  G_OBJECT_CLASS (herald_printer_row_parent_class)->dispose (object);
}

static void
herald_printer_row_class_init (HeraldPrinterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_printer_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/octoherald/OctoHerald/printers/printer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, state);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, file);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, progress);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, percent);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, left);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, temperatures);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterRow, problem);
}

static void
herald_printer_row_init (HeraldPrinterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_printer_row_new:
 * @printer: what the row follows
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
herald_printer_row_new (HeraldDBusPrinter1 *printer)
{
  HeraldPrinterRow *self = g_object_new (HERALD_TYPE_PRINTER_ROW, NULL);

  self->printer = g_object_ref (printer);
  g_signal_connect_object (printer, "g-properties-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);

  return GTK_WIDGET (self);
}
