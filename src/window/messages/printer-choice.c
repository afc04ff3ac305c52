/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-choice"

#include "window/messages/printer-choice.h"

#include <glib/gi18n-lib.h>

/**
 * HeraldPrinterChoice:
 *
 * Whose messages are shown: those of all printers, or of one. What was chosen stays while printers come and go, and while the
 * service is away; who is gone for good makes it all of them.
 */
struct _HeraldPrinterChoice
{
  AdwComboRow parent_instance;

  HeraldServiceLink *link;
  GPtrArray *ids; /* in the order of the row; the first is empty: all */
  char *chosen;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (HeraldPrinterChoice, herald_printer_choice, ADW_TYPE_COMBO_ROW)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_selected_changed (HeraldPrinterChoice *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->is_filling || selected >= self->ids->len)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (g_ptr_array_index (self->ids, selected));
  g_signal_emit (self, signals[CHOSEN], 0);
}

static guint
fill_names (HeraldPrinterChoice *self,
            GtkStringList       *names)
{
  GListModel *printers = herald_service_link_get_printers (self->link);
  guint selected = 0;

  g_ptr_array_set_size (self->ids, 0);
  g_ptr_array_add (self->ids, g_strdup (""));
  gtk_string_list_append (names, _("All Printers"));
  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);
      const char *id = herald_dbus_printer1_get_id (printer);
      const char *name = herald_dbus_printer1_get_name (printer);

      if (g_strcmp0 (id, self->chosen) == 0)
        selected = self->ids->len;
      g_ptr_array_add (self->ids, g_strdup (id));
      gtk_string_list_append (names, name != NULL && *name != '\0' ? name : id);
    }

  return selected;
}

/* While the service is away, or not all of its printers are known again, the choice stays. */
static void
on_printers_changed (HeraldPrinterChoice *self)
{
  g_autoptr(GtkStringList) names = NULL;
  guint selected;

  if (herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING && self->ids->len > 0)
    return;

  names = gtk_string_list_new (NULL);
  self->is_filling = TRUE;
  selected = fill_names (self, names);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->is_filling = FALSE;
  on_selected_changed (self);
}

/* GObject */

static void
herald_printer_choice_dispose (GObject *object)
{
  HeraldPrinterChoice *self = HERALD_PRINTER_CHOICE (object);

  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_printer_choice_parent_class)->dispose (object);
}

static void
herald_printer_choice_finalize (GObject *object)
{
  HeraldPrinterChoice *self = HERALD_PRINTER_CHOICE (object);

  g_ptr_array_unref (self->ids);
  g_free (self->chosen);

  G_OBJECT_CLASS (herald_printer_choice_parent_class)->finalize (object);
}

static void
herald_printer_choice_class_init (HeraldPrinterChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_printer_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_printer_choice_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_printer_choice_init (HeraldPrinterChoice *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->chosen = g_strdup ("");
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected_changed), NULL);
}

void
herald_printer_choice_set_link (HeraldPrinterChoice *self,
                                HeraldServiceLink   *link)
{
  g_return_if_fail (self->link == NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_printers_changed), self, G_CONNECT_SWAPPED);
  on_printers_changed (self);
}

const char *
herald_printer_choice_get_printer (HeraldPrinterChoice *self)
{
  return self->chosen;
}

gboolean
herald_printer_choice_choose (HeraldPrinterChoice *self,
                              const char          *printer)
{
  guint position = 0;

  if (!g_ptr_array_find_with_equal_func (self->ids, printer, g_str_equal, &position))
    return FALSE;

  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);

  return TRUE;
}

guint
herald_printer_choice_count (HeraldPrinterChoice *self)
{
  return self->ids->len > 0 ? self->ids->len - 1 : 0;
}
