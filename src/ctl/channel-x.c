/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-x"

#include "ctl/channel-x.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "ctl/channel-kind.h"
#include "ctl/failure.h"
#include "ctl/input.h"

#define TYPE "x"

/* Who has pasted the wrong thing so often should look at the page once more. */
#define TRIES_MAX 5

/* In the order in which X shows them. */
static const char *const fields[] = { "api-key", "api-secret", "access-token", "access-token-secret" };

gboolean
herald_channel_x_has_keys (const char   *type,
                           HeraldValues *settings)
{
  return g_str_equal (type, TYPE) && g_strcmp0 (herald_values_get (settings, "login"), "browser") != 0;
}

static void
print_guide (GVariant *kind)
{
  g_autofree const char **steps = herald_channel_kind_get_guide (kind);

  g_printerr ("%s\n\n", _("X lets an app of your own post for you. This is how you get its four codes:"));
  for (guint i = 0; steps[i] != NULL; i++)
    /* Translators: the number of a step, and what to do in it */
    g_printerr (_("%u. %s\n"), i + 1, steps[i]);
  g_printerr ("\n%s\n\n", _("The codes go into your keyring. If a paste goes wrong you are asked again; Ctrl-C ends this, "
                            "and nothing is added."));
}

/* The service says at once whether it can be right; it says so again when it is added. */
static gboolean
ask_for_one (HeraldCall    *call,
             const char    *field,
             const char    *label,
             HeraldValues  *secrets,
             GError       **error)
{
  for (guint i = 0; i < TRIES_MAX; i++)
    {
      g_autofree char *typed = herald_input_ask_secret (label, error);
      g_autoptr(GError) problem = NULL;
      GError *cause = NULL;

      if (typed == NULL)
        return FALSE;

      if (herald_dbus_service1_call_check_secret_sync (call->client->service, TYPE, field, typed, NULL, &cause))
        {
          herald_values_set (secrets, field, typed);
          return TRUE;
        }

      herald_failure_take_dbus_error (&problem, cause);
      if (herald_failure_get_exit_status (problem) != HERALD_FAILURE_REFUSED)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_printerr ("%s\n", problem->message);
    }

  return herald_failure_set_refused (error, _("Nothing was added. Look at the page of your app once more, and begin again"));
}

gboolean
herald_channel_x_ask (HeraldCall    *call,
                      HeraldValues  *secrets,
                      GError       **error)
{
  g_autoptr(GVariant) kind = NULL;

  if (!isatty (STDIN_FILENO) || g_hash_table_size (secrets) >= G_N_ELEMENTS (fields))
    return TRUE;

  kind = herald_channel_kind_find (call, TYPE, error);
  if (kind == NULL)
    return FALSE;

  if (g_hash_table_size (secrets) == 0)
    print_guide (kind);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *label = herald_channel_kind_dup_label (kind, fields[i]);

      if (herald_values_get (secrets, fields[i]) == NULL && !ask_for_one (call, fields[i], label, secrets, error))
        return FALSE;
    }

  return TRUE;
}

void
herald_channel_x_warn_missing (const char   *id,
                               HeraldValues *secrets)
{
  g_autoptr(GString) options = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (herald_values_get (secrets, fields[i]) == NULL)
        g_string_append_printf (options, " --secret %s=%s", fields[i], _("FILE"));
    }
  if (options->len == 0)
    return;

  /* Translators: an id, then options of a command */
  g_printerr (_("Nothing can be posted before you have given the rest of the codes: octoheraldctl channel set %s%s"), id,
              options->str);
  g_printerr ("\n");
}

void
herald_channel_x_suggest_test (HeraldCall *call,
                               const char *printer)
{
  g_autoptr(GPtrArray) channels = herald_client_dup_channels (call->client);

  for (guint i = 0; i < channels->len; i++)
    {
      HeraldDBusChannel1 *channel = g_ptr_array_index (channels, i);

      if (!g_str_equal (herald_dbus_channel1_get_type_ (channel), TYPE) || !herald_dbus_channel1_get_enabled (channel))
        continue;

      /* Translators: ids of a channel and of a printer */
      g_printerr (_("Posts on X begin with the name of the printer. To see it there: octoheraldctl channel test %s --printer "
                    "%s"),
                  herald_dbus_channel1_get_id (channel), printer);
      g_printerr ("\n");
    }
}
