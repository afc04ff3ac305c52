/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-test"

#include <glib/gi18n-lib.h>

#include "ctl/channel-commands.h"
#include "ctl/failure.h"
#include "ctl/output.h"

/* The service itself waits up to 90 seconds for what becomes of a test message. */
#define TEST_LIMIT_MS 120000

gboolean
herald_channel_run_test (HeraldCall  *call,
                         GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = herald_channel_parse_for_one (call, &json, error);
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *state = NULL;
  g_autofree char *reason = NULL;
  GError *cause = NULL;

  if (channel == NULL)
    return FALSE;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (channel), TEST_LIMIT_MS);
  if (!herald_dbus_channel1_call_test_sync (channel, &state, &reason, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      herald_output_add_text (builder, "state", state);
      herald_output_add_text (builder, "reason", reason);
      json_builder_end_object (builder);
      herald_output_print_json (builder, TRUE);
    }
  else
    g_print (*reason != '\0' ? "%s: %s\n" : "%s%s\n", state, reason);

  if (g_str_equal (state, "delivered"))
    return TRUE;

  return herald_failure_set_refused (error, _("The test message was not delivered"));
}
