/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-config"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output-file.h"

/* The service takes no longer one. */
#define CONFIG_MAX_BYTES (1024 * 1024)

static gboolean
run_export (HeraldCall  *call,
            GError     **error)
{
  g_autofree char *text = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 1, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_export_config_sync (call->client->service, &text, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (g_str_equal (call->words[0], "-"))
    {
      fputs (text, stdout);
      return TRUE;
    }

  /* Addresses and names are nobody else's business */
  return herald_output_file_write (call->words[0], text, strlen (text), 0600, error);
}

static gboolean
run_import (HeraldCall  *call,
            GError     **error)
{
  g_autofree char *text = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 1, 1, error))
    return FALSE;
  text = herald_input_read (call->words[0], CONFIG_MAX_BYTES, error);
  if (text == NULL || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_import_config_sync (call->client->service, text, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

static gboolean
run_path (HeraldCall  *call,
          GError     **error)
{
  if (!herald_call_parse (call, NULL, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;

  g_print ("%s\n", herald_dbus_service1_get_config_path (call->client->service));

  return TRUE;
}

const HeraldCommand herald_config_commands[] = {
  { "config", "export", "FILE", N_("Write the settings to a file, without any secret"),
    run_export },
  { "config", "import", "FILE", N_("Take the settings of a file"), run_import },
  { "config", "path", "", N_("Print where the settings are"), run_path },
  { NULL },
};
