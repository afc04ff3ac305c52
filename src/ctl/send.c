/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-send"

#include <glib/gi18n-lib.h>

#include "ctl/command.h"
#include "ctl/failure.h"

static gboolean
run_send (HeraldCall  *call,
          GError     **error)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *channels = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_("The title"), N_("TITLE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("The text"), N_("TEXT") },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture,
      N_("A picture (not available yet in this version)"), N_("FILE") },
    { "channels", 0, 0, G_OPTION_ARG_STRING, &channels,
      N_("“all”, or ids with commas between them"), N_("CHANNELS") },
    { NULL },
  };
  gint64 event;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error))
    return FALSE;
  if (text == NULL)
    return herald_failure_set_usage (error, "%s", _("A message needs --text"));
  if (picture != NULL)
    return herald_failure_set_refused (
        error, _("Sending a picture is not available yet in this version"));
  if (!herald_call_connect (call, error))
    return FALSE;

  if (!herald_dbus_service1_call_send_sync (call->client->service, title != NULL ? title : "", text,
                                            channels != NULL ? channels : "all", &event, NULL,
                                            &cause))
    return herald_failure_take_dbus_error (error, cause);

  g_print ("%" G_GINT64_FORMAT "\n", event);

  return TRUE;
}

const HeraldCommand herald_send_commands[] = {
  { "send", NULL, "[--title TITLE] --text TEXT [--channels all|ID,ID]",
    N_("Send a message of your own; prints the number of its event"), run_send },
  { NULL },
};
