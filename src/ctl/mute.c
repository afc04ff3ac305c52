/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mute"

#include <glib/gi18n-lib.h>

#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/human.h"

static gboolean
run_mute (HeraldCall  *call,
          GError     **error)
{
  /* The service takes 0 for “until told otherwise” */
  guint64 seconds = 0;
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 0, 1, error))
    return FALSE;
  if (call->n_words == 1 && !herald_human_parse_duration (call->words[0], &seconds))
    return herald_failure_set_usage (
        error, _("“%s” is not a duration; write for example 30m, 2h or 1d"), call->words[0]);
  if (!herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_mute_sync (call->client->service, seconds, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

static gboolean
run_unmute (HeraldCall  *call,
            GError     **error)
{
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_unmute_sync (call->client->service, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

const HeraldCommand herald_mute_commands[] = {
  { "mute", NULL, "[DURATION]", N_("Tell nothing for 30m, 2h or 1d, or until “unmute”"), run_mute },
  { "unmute", NULL, "", N_("Tell everything again"), run_unmute },
  { NULL },
};
