/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-command"

#include "ctl/command.h"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"

/**
 * herald_command_make_title:
 *
 * Returns: (transfer full): the words it is called by
 */
char *
herald_command_make_title (const HeraldCommand *command)
{
  return command->verb != NULL ? g_strdup_printf ("%s %s", command->noun, command->verb)
                               : g_strdup (command->noun);
}

static GOptionContext *
make_context (HeraldCall         *call,
              const GOptionEntry *entries)
{
  g_autofree char *title = herald_command_make_title (call->command);
  g_autofree char *program = g_strdup_printf ("octoheraldctl %s", title);
  const GOptionEntry words[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &call->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (call->command->usage);

  /* What the help calls the program */
  g_set_prgname (program);
  g_option_context_set_summary (context, _(call->command->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, words, GETTEXT_PACKAGE);

  return context;
}

/**
 * herald_call_parse:
 * @entries: (nullable): the options, terminated
 * @min_words: how many words there must be besides them
 * @max_words: how many there may be
 *
 * Reads what was typed. Asked for help it prints that and ends the program.
 *
 * Returns: whether it was typed correctly
 */
gboolean
herald_call_parse (HeraldCall          *call,
                   const GOptionEntry  *entries,
                   guint                min_words,
                   guint                max_words,
                   GError             **error)
{
  g_autoptr(GOptionContext) context = make_context (call, entries);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) arguments = NULL;
  g_autoptr(GError) problem = NULL;

  /* The parser takes the first for the program's name */
  g_strv_builder_add (builder, "octoheraldctl");
  g_strv_builder_addv (builder, (const char **) call->arguments);
  arguments = g_strv_builder_end (builder);

  if (!g_option_context_parse_strv (context, &arguments, &problem))
    return herald_failure_set_usage (error, "%s", problem->message);

  call->n_words = call->words != NULL ? g_strv_length (call->words) : 0;
  if (call->n_words < min_words)
    return herald_failure_set_usage (error, "%s", _("Something is missing"));
  if (call->n_words > max_words)
    return herald_failure_set_usage (error, _("“%s” is more than this command takes"), call->words[max_words]);

  return TRUE;
}

/**
 * herald_call_connect:
 *
 * Finds the service, which the bus starts if it can.
 *
 * Returns: whether it is there
 */
gboolean
herald_call_connect (HeraldCall  *call,
                     GError     **error)
{
  if (call->client == NULL)
    call->client = herald_client_new (error);

  return call->client != NULL;
}

void
herald_call_clear (HeraldCall *call)
{
  g_clear_pointer (&call->words, g_strfreev);
  g_clear_pointer (&call->client, herald_client_free);
}
