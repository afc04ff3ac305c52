/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-access"

#include "service/printer-access.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/printers/octoprint/application-key.h"
#include "service/names.h"

/*
 * One question to the server, from asking until somebody has decided. It lives until the printer has
 * answered, also when nobody waits for that any more.
 */
typedef struct
{
  HeraldPrinterAccess *access;
  GCancellable *cancellable;
  GPtrArray *invocations;
  char *page;
} AccessRequest;

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
  AccessRequest *request;
};

static void
access_request_free (AccessRequest *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->invocations, g_ptr_array_unref);
  g_clear_pointer (&self->page, g_free);
  g_free (self);
}

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
answer_page (AccessRequest *request)
{
  for (guint i = 0; i < request->invocations->len; i++)
    g_dbus_method_invocation_return_value (request->invocations->pdata[i],
                                           g_variant_new ("(s)", request->page));
  g_ptr_array_set_size (request->invocations, 0);
}

static void
answer_error (AccessRequest *request,
              const GError  *error)
{
  for (guint i = 0; i < request->invocations->len; i++)
    herald_names_return_error (request->invocations->pdata[i], error);
  g_ptr_array_set_size (request->invocations, 0);
}

static void
on_page (const char *page,
         gpointer    user_data)
{
  AccessRequest *request = user_data;
  g_autofree char *until = NULL;

  if (request->access == NULL)
    return;

  until = herald_text_format_time (g_get_real_time () / 1000 + HERALD_APPLICATION_KEY_LIMIT_S * 1000);
  g_free (request->page);
  request->page = g_strdup (page);
  show (request->access, "waiting", "", until);
  answer_page (request);
}

static void
on_request_access_ready (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  AccessRequest *request = user_data;
  HeraldPrinterAccess *self = request->access;
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
  if (granted && request->page == NULL)
    request->page = g_strdup ("");
  if (granted)
    answer_page (request);
  else
    answer_error (request, error);
  access_request_free (request);
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
  AccessRequest *request = self->request;

  if (request != NULL)
    {
      g_ptr_array_add (request->invocations, taken_invocation);
      if (request->page != NULL)
        answer_page (request);
      return;
    }

  request = g_new0 (AccessRequest, 1);
  request->access = self;
  request->cancellable = g_cancellable_new ();
  request->invocations = g_ptr_array_new ();
  g_ptr_array_add (request->invocations, taken_invocation);
  self->request = request;
  show (self, "waiting", "", "");
  herald_printer_request_access_async (self->printer, on_page, request, request->cancellable,
                                       on_request_access_ready, request);
}

/**
 * herald_printer_access_withdraw:
 *
 * Nothing happens if nothing is open.
 */
void
herald_printer_access_withdraw (HeraldPrinterAccess *self)
{
  AccessRequest *request = g_steal_pointer (&self->request);
  g_autoptr(GCancellable) cancellable = NULL;
  g_autoptr(GError) error = NULL;

  if (request == NULL)
    return;

  request->access = NULL;
  error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED, _("The request was withdrawn"));
  show (self, "", "", "");
  answer_error (request, error);

  /* The answer to this may come at once, and take the request with it */
  cancellable = g_object_ref (request->cancellable);
  g_cancellable_cancel (cancellable);
}
