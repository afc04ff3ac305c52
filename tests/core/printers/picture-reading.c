/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-reading"

#include "picture-reading.h"

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

HeraldPrinter *
picture_reading_make_printer (const char *base_url,
                              const char *typed,
                              const char *pin)
{
  HeraldPrinter *printer = HERALD_PRINTER (fake_printer_new ("mk3"));
  g_autoptr(HeraldValues) settings = herald_values_new ();

  herald_values_set (settings, "url", base_url);
  herald_values_set (settings, "snapshot-url", typed);
  herald_values_set (settings, "certificate", pin);
  herald_printer_set_settings (printer, settings);

  return printer;
}

char *
picture_reading_read (HeraldPrinter              *printer,
                      const HeraldPictureSource  *source,
                      const HeraldPictureRequest *request,
                      GError                    **error)
{
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(HeraldOctoprintServer) server = herald_octoprint_server_new (http, herald_printer_get_url (printer));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = NULL;

  herald_octoprint_server_set_key (server, "KEYKEYKEY");
  herald_octoprint_server_set_login (server, "maker", "s3cret");
  herald_octoprint_server_set_pin (server, herald_values_get (herald_printer_get_settings (printer), "certificate"));
  herald_octoprint_picture_reader_read_async (printer, server, http, source, request, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  bytes = herald_octoprint_picture_reader_read_finish (result, error);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}
