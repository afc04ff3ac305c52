/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-removal"

#include "window/printers/printer-removal.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/notice.h"

#define NAME_MAX_CHARS 80

struct _HeraldPrinterRemoval
{
  GWeakRef from;
  HeraldDBusService1 *service;
  char *id;
  HeraldRemovalFunc func;
  gpointer user_data;
  gboolean is_over; /* done or taken back */
};

static void
clear (gpointer data)
{
  HeraldPrinterRemoval *self = data;

  g_weak_ref_clear (&self->from);
  g_clear_object (&self->service);
  g_free (self->id);
}

void
herald_printer_removal_unref (HeraldPrinterRemoval *self)
{
  g_rc_box_release_full (self, clear);
}

static void
tell (HeraldPrinterRemoval *self,
      gboolean              is_back)
{
  g_autoptr(GtkWidget) from = g_weak_ref_get (&self->from);

  if (from != NULL)
    self->func (self->id, is_back, self->user_data);
}

static void
on_removed (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HeraldPrinterRemoval) self = user_data;
  g_autoptr(GtkWidget) from = g_weak_ref_get (&self->from);
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_remove_printer_finish (HERALD_DBUS_SERVICE1 (object), result, &error);
  if (error != NULL && from != NULL)
    herald_notice_show_error (from, error);
  tell (self, error != NULL);
}

/* Without a cancellable: it goes on when the window is gone. */
void
herald_printer_removal_commit (HeraldPrinterRemoval *self)
{
  if (self->is_over)
    return;

  self->is_over = TRUE;
  herald_dbus_service1_call_remove_printer (self->service, self->id, NULL, on_removed, g_rc_box_acquire (self));
}

static void
undo (gpointer user_data)
{
  HeraldPrinterRemoval *self = user_data;

  if (self->is_over)
    return;

  self->is_over = TRUE;
  tell (self, TRUE);
}

static void
end_offer (gpointer user_data)
{
  g_autoptr(HeraldPrinterRemoval) self = user_data;

  herald_printer_removal_commit (self);
}

HeraldPrinterRemoval *
herald_printer_removal_begin (GtkWidget          *from,
                              HeraldServiceLink  *link,
                              HeraldDBusPrinter1 *printer,
                              HeraldRemovalFunc   func,
                              gpointer            user_data)
{
  HeraldPrinterRemoval *self = g_rc_box_new0 (HeraldPrinterRemoval);
  g_autofree char *name = herald_text_clean (herald_dbus_printer1_get_name (printer), NAME_MAX_CHARS);
  /* Translators: name of a printer */
  g_autofree char *sentence = g_strdup_printf (_("“%s” removed"), name);

  g_weak_ref_init (&self->from, from);
  self->service = g_object_ref (herald_service_link_get_service (link));
  self->id = g_strdup (herald_dbus_printer1_get_id (printer));
  self->func = func;
  self->user_data = user_data;
  herald_notice_offer_undo (from, sentence, undo, g_rc_box_acquire (self), end_offer);

  return self;
}
