/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-key-entry"

#include "window/printers/key-entry.h"

#include <glib/gi18n-lib.h>

#include "window/base/failure.h"
#include "window/printers/printer-texts.h"

/**
 * HeraldKeyEntry:
 *
 * Where an application key of a printer is pasted. It goes to the service when it is confirmed, here or by whoever saves all of
 * the printer, and is never seen again; what is wrong with it is said below.
 */
struct _HeraldKeyEntry
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldDBusPrinter1 *printer; /* NULL while it is not there */
  GCancellable *cancellable;

  GtkWidget *row;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (HeraldKeyEntry, herald_key_entry, ADW_TYPE_BIN)

static void
show_problem (HeraldKeyEntry *self,
              const char     *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

static void
on_set_secret_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HeraldKeyEntry) self = HERALD_KEY_ENTRY (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean is_stored = herald_dbus_printer1_call_set_secret_finish (HERALD_DBUS_PRINTER1 (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (self->row, TRUE);
  if (!is_stored)
    sentence = herald_failure_dup_sentence (error);
  show_problem (self, sentence);
  if (is_stored)
    gtk_editable_set_text (GTK_EDITABLE (self->row), "");
}

static void
on_applied (HeraldKeyEntry *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->row));

  if (*key == '\0')
    return;
  if (self->printer == NULL)
    {
      show_problem (self, herald_printer_texts_get_absence (self->link));
      return;
    }

  gtk_widget_set_sensitive (self->row, FALSE);
  herald_dbus_printer1_call_set_secret (self->printer, "key", key, self->cancellable, on_set_secret_ready,
                                        g_object_ref (self));
}

/* GObject */

static void
herald_key_entry_dispose (GObject *object)
{
  HeraldKeyEntry *self = HERALD_KEY_ENTRY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_key_entry_parent_class)->dispose (object);
}

static void
herald_key_entry_class_init (HeraldKeyEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_key_entry_dispose;
}

static void
herald_key_entry_init (HeraldKeyEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  self->row = adw_password_entry_row_new ();
  self->problem = gtk_label_new (NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _("Paste an Application Key"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->row), TRUE);
  g_signal_connect_object (self->row, "apply", G_CALLBACK (on_applied), self, G_CONNECT_SWAPPED);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Application Key"), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), self->row);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->problem);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
herald_key_entry_set_printer (HeraldKeyEntry     *self,
                              HeraldServiceLink  *link,
                              HeraldDBusPrinter1 *printer)
{
  g_set_object (&self->link, link);
  g_set_object (&self->printer, printer);
}

/**
 * herald_key_entry_get_key:
 *
 * Returns: (transfer none): what was pasted and is not stored yet; "" if there is none
 */
const char *
herald_key_entry_get_key (HeraldKeyEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->row));
}
