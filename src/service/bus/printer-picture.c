/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-picture"

#include "service/bus/printer-picture.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/pictures/picture-fetch.h"
#include "service/bus/names.h"

/* Somebody waits for it, but nothing else does. */
#define DEADLINE_MS (20 * 1000)

static void
on_fetch_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = herald_picture_fetch_finish (result, &error);
  GVariant *bytes;

  if (caught == NULL)
    {
      herald_names_return_error (invocation, error);
      return;
    }

  bytes = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, caught->picture->bytes, TRUE);
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(@ayss)", bytes,
                                                        herald_picture_type_get_media_type (caught->picture->type),
                                                        caught->note != NULL ? caught->note : ""));
}

void
herald_printer_picture_answer (HeraldPrinter         *printer,
                               const char            *camera,
                               GCancellable          *cancellable,
                               GDBusMethodInvocation *taken_invocation)
{
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_SNAPSHOT };

  wish.camera = *camera != '\0' ? camera : NULL;
  herald_picture_fetch_async (printer, &wish, DEADLINE_MS, 0, cancellable, on_fetch_ready, taken_invocation);
}

void
herald_printer_picture_answer_thumbnail (HeraldPrinter         *printer,
                                         GCancellable          *cancellable,
                                         GDBusMethodInvocation *taken_invocation)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_THUMBNAIL, .path = state->path, .origin = state->origin };
  g_autoptr(GError) error = NULL;

  if (state->path != NULL && state->origin != NULL)
    {
      herald_picture_fetch_async (printer, &wish, DEADLINE_MS, 0, cancellable, on_fetch_ready, taken_invocation);
      return;
    }

  g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("No file is selected, so there is no picture of one"));
  herald_names_return_error (taken_invocation, error);
}
