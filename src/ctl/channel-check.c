/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-check"

#include "ctl/channel-check.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "ctl/channel-commands.h"
#include "ctl/channel-kind.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

/* The service asks for a minute at most, and waits for the keyring before. */
#define CHECK_LIMIT_MS 120000

/* Returns: (transfer full): whose the credentials are, in sentences; %NULL with @error */
static char *
check (HeraldDBusChannel1  *channel,
       GError             **error)
{
  char *answer = NULL;
  GError *cause = NULL;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (channel), CHECK_LIMIT_MS);
  if (!herald_dbus_channel1_call_check_sync (channel, &answer, NULL, &cause))
    herald_failure_take_dbus_error (error, cause);

  return answer;
}

gboolean
herald_channel_run_check (HeraldCall  *call,
                          GError     **error)
{
  gboolean json = FALSE;
  g_autoptr(HeraldDBusChannel1) channel = herald_channel_parse_for_one (call, &json, error);
  g_autofree char *answer = channel != NULL ? check (channel, error) : NULL;
  g_autoptr(GVariant) kind = NULL;

  if (answer == NULL)
    return FALSE;

  herald_output_print_word ("answer", answer, json);
  kind = json ? NULL : herald_channel_kind_find (call, herald_dbus_channel1_get_type_ (channel), NULL);
  if (kind != NULL && *herald_channel_kind_get_text (kind, "check_price") != '\0')
    g_print ("%s\n", herald_channel_kind_get_text (kind, "check_price"));

  return TRUE;
}

/**
 * herald_channel_check_offer:
 * @id: of a channel that has just been added, or changed
 *
 * Asks the person at a terminal whether to check it now, and says what comes out. That it was added stays true whatever
 * that is.
 */
void
herald_channel_check_offer (HeraldCall *call,
                            const char *id)
{
  g_autoptr(HeraldDBusChannel1) channel = NULL;
  g_autoptr(GVariant) kind = NULL;
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;

  if (!isatty (STDIN_FILENO))
    return;

  /* A new channel has been announced already; that only waits to be read. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  channel = herald_client_find_channel (call->client, id, NULL);
  kind = channel != NULL ? herald_channel_kind_find (call, herald_dbus_channel1_get_type_ (channel), NULL) : NULL;
  if (kind == NULL)
    return;

  /* Translators: what it costs to ask, a sentence */
  question = g_strdup_printf (_("Ask now whose codes these are? Nothing is posted. %s"),
                              herald_channel_kind_get_text (kind, "check_price"));
  if (!herald_input_agree (question))
    return;

  answer = check (channel, &error);
  g_printerr ("%s\n", answer != NULL ? answer : error->message);
}
