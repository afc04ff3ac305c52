/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-check"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"
#include "ctl/output.h"
#include "ctl/printer-commands.h"
#include "ctl/printer-row.h"

#define UNTRUSTED_ERROR "io.github.octoherald.OctoHerald.Error.Untrusted"
#define PRINTER_INTERFACE "io.github.octoherald.OctoHerald.Printer1"

/* As it is now: what the proxy knows is from before the call. Returns: (nullable): */
static GVariant *
ask_for_certificate (HeraldDBusPrinter1 *printer)
{
  g_autoptr(GVariant) answer = g_dbus_proxy_call_sync (
      G_DBUS_PROXY (printer), "org.freedesktop.DBus.Properties.Get",
      g_variant_new ("(ss)", PRINTER_INTERFACE, "Certificate"), G_DBUS_CALL_FLAGS_NONE,
      HERALD_PRINTER_LIMIT_MS, NULL, NULL);
  GVariant *certificate = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &certificate);

  return certificate;
}

static void
print_certificate_json (GVariant *certificate)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  herald_printer_row_add_certificate (builder, certificate);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

static void
print_certificate (GVariant   *certificate,
                   const char *id)
{
  const char *subject = "";
  const char *issuer = "";
  const char *fingerprint = "";
  g_autofree char *command = NULL;

  g_variant_lookup (certificate, "subject", "&s", &subject);
  g_variant_lookup (certificate, "issuer", "&s", &issuer);
  g_variant_lookup (certificate, "fingerprint", "&s", &fingerprint);
  herald_output_print_field (_("Made out to"), subject);
  herald_output_print_field (_("Vouched for by"), issuer);
  herald_output_print_field (_("Fingerprint"), fingerprint);

  command = g_strdup_printf ("octoheraldctl printer set %s certificate=%s", id, fingerprint);
  g_print ("\n%s\n", _("If this is your server, have OctoHerald trust it with"));
  herald_output_print_field ("", command);
}

/* Shows what there is to compare, for a person or a script. */
static void
explain_distrust (HeraldDBusPrinter1 *printer,
                  gboolean            json)
{
  g_autoptr(GVariant) certificate = ask_for_certificate (printer);

  if (certificate == NULL || !g_variant_is_of_type (certificate, G_VARIANT_TYPE ("a{ss}")) ||
      g_variant_n_children (certificate) == 0)
    return;

  if (json)
    print_certificate_json (certificate);
  else
    print_certificate (certificate, herald_dbus_printer1_get_id (printer));
}

gboolean
herald_printer_run_check (HeraldCall  *call,
                          GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_PRINTER_JSON_ENTRY (json), { NULL } };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  g_autofree char *answer = NULL;
  g_autofree char *name = NULL;
  GError *cause = NULL;

  if (printer == NULL)
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (printer), HERALD_PRINTER_LIMIT_MS);
  if (herald_dbus_printer1_call_check_sync (printer, &answer, NULL, &cause))
    {
      herald_output_print_word ("answer", answer, json);
      return TRUE;
    }

  name = g_dbus_error_get_remote_error (cause);
  if (g_strcmp0 (name, UNTRUSTED_ERROR) == 0)
    explain_distrust (printer, json);

  return herald_failure_take_dbus_error (error, cause);
}
