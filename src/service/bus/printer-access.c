/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-access"

#include "service/bus/printer-access.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/printers/octoprint/application-key.h"
#include "service/bus/page-request.h"

/**
 * HeraldPrinterAccess:
 *
 * Asks the server of one printer for a key, and shows on the bus how that
 * goes. There is never more than one question open; who asks meanwhile gets
 * the page of that one.
 */
struct _HeraldPrinterAccess
{
  HeraldDBusPrinter1 *object;
  HeraldPrinter *printer;
  HeraldPageRequest *request; /* (nullable): the question that is open */
};

/* Told before any answer, so that whoever gets one finds the state that belongs to it. */
static void
show (HeraldPrinterAccess *self,
      const char          *state,
      const char          *problem,
      const char          *until)
{
  herald_dbus_printer1_set_access_state (self->object, state);
  herald_dbus_printer1_set_access_problem (self->object, problem);
  herald_dbus_printer1_set_access_until (self->object, until);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->object)) != NULL)
    g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->object));
}

static void
on_page (const char *page,
         gpointer    user_data)
{
  HeraldPageRequest *request = user_data;
  g_autofree char *until = NULL;

  if (request->owner == NULL)
    return;

  until = herald_text_format_time (g_get_real_time () / 1000 + HERALD_APPLICATION_KEY_LIMIT_S * 1000);
  show (request->owner, "waiting", "", until);
  herald_page_request_answer_page (request, page);
}

static void
on_request_access_ready (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  HeraldPageRequest *request = user_data;
  HeraldPrinterAccess *self = request->owner;
  g_autoptr(GError) error = NULL;
  gboolean granted = herald_printer_request_access_finish (HERALD_PRINTER (source), result, &error);

  if (self != NULL)
    {
      gboolean refused = g_error_matches (error, HERALD_ERROR, HERALD_ERROR_REJECTED);

      self->request = NULL;
      if (granted)
        show (self, "granted", "", "");
      else
        show (self, refused ? "refused" : "failed", error->message, "");
      g_message ("%s: access %s", herald_printer_get_id (self->printer),
                 granted ? "granted" : error->message);
    }

  /* There is nothing to open when it went through without a person */
  if (granted)
    herald_page_request_answer_page (request, request->page != NULL ? request->page : "");
  else
    herald_page_request_answer_error (request, error);
  herald_page_request_free (request);
}

HeraldPrinterAccess *
herald_printer_access_new (HeraldDBusPrinter1 *object,
                           HeraldPrinter      *printer)
{
  HeraldPrinterAccess *self = g_new0 (HeraldPrinterAccess, 1);

  self->object = object;
  self->printer = g_object_ref (printer);
  show (self, "", "", "");

  return self;
}

/**
 * herald_printer_access_free:
 *
 * Withdraws what is open.
 */
void
herald_printer_access_free (HeraldPrinterAccess *self)
{
  herald_printer_access_withdraw (self);
  g_object_unref (self->printer);
  g_free (self);
}

/**
 * herald_printer_access_request:
 * @taken_invocation: the call of RequestAccess; answered when the page is known, and consumed
 */
void
herald_printer_access_request (HeraldPrinterAccess   *self,
                               GDBusMethodInvocation *taken_invocation)
{
  if (self->request != NULL)
    {
      herald_page_request_join (self->request, taken_invocation);
      return;
    }

  self->request = herald_page_request_new (self, taken_invocation);
  show (self, "waiting", "", "");
  herald_printer_request_access_async (self->printer, on_page, self->request, self->request->cancellable,
                                       on_request_access_ready, self->request);
}

/**
 * herald_printer_access_withdraw:
 *
 * Nothing happens if nothing is open.
 */
void
herald_printer_access_withdraw (HeraldPrinterAccess *self)
{
  HeraldPageRequest *request = g_steal_pointer (&self->request);

  if (request == NULL)
    return;

  show (self, "", "", "");
  herald_page_request_withdraw (request, _("The request was withdrawn"));
}
