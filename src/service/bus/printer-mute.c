/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-mute"

#include "service/bus/printer-mute.h"

#include "service/bus/names.h"

/* One printer on the bus, and whose it is */
typedef struct
{
  HeraldDBusPrinter1 *object;
  HeraldEngine *engine;
  char *printer;
  gulong changed_id;
} PrinterMute;

static void
printer_mute_free (gpointer  data,
                   GObject  *object)
{
  PrinterMute *self = data;

  g_clear_signal_handler (&self->changed_id, self->engine);
  g_object_unref (self->engine);
  g_free (self->printer);
  g_free (self);
}

static void
update (PrinterMute *self)
{
  herald_dbus_printer1_set_print_muted (self->object, herald_engine_is_print_muted (self->engine, self->printer));
}

static void
on_print_muted_changed (HeraldEngine *engine,
                        const char   *printer,
                        PrinterMute  *self)
{
  if (g_str_equal (printer, self->printer))
    update (self);
}

static gboolean
on_handle_mute_print (HeraldDBusPrinter1    *object,
                      GDBusMethodInvocation *invocation,
                      PrinterMute           *self)
{
  g_autoptr(GError) error = NULL;

  if (herald_engine_mute_print (self->engine, self->printer, &error))
    herald_dbus_printer1_complete_mute_print (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_unmute_print (HeraldDBusPrinter1    *object,
                        GDBusMethodInvocation *invocation,
                        PrinterMute           *self)
{
  herald_engine_unmute_print (self->engine, self->printer);
  herald_dbus_printer1_complete_unmute_print (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
herald_printer_mute_serve (HeraldDBusPrinter1 *object,
                           HeraldEngine       *engine,
                           const char         *printer)
{
  PrinterMute *self = g_new0 (PrinterMute, 1);

  self->object = object;
  self->engine = g_object_ref (engine);
  self->printer = g_strdup (printer);
  self->changed_id = g_signal_connect (engine, "print-muted-changed", G_CALLBACK (on_print_muted_changed), self);
  g_object_weak_ref (G_OBJECT (object), printer_mute_free, self);
  g_signal_connect (object, "handle-mute-print", G_CALLBACK (on_handle_mute_print), self);
  g_signal_connect (object, "handle-unmute-print", G_CALLBACK (on_handle_unmute_print), self);
  update (self);
}
