/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-main"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "core/base/language.h"
#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/human.h"

/* Wider usage lines get their summary on a line of its own. */
#define USAGE_CELLS 34

static const HeraldCommand *const nouns[] = {
  herald_status_commands,  herald_printer_commands, herald_channel_commands,
  herald_message_commands, herald_render_commands,  herald_send_commands,
  herald_history_commands, herald_mute_commands,    herald_config_commands,
  herald_import_commands,  herald_preference_commands,
};

static void
print_usage_line (const HeraldCommand *command)
{
  g_autofree char *title = herald_command_make_title (command);
  g_autofree char *usage = g_strdup_printf ("  %s %s", title, command->usage);
  int padding = USAGE_CELLS - (int) herald_human_get_width (usage);

  if (padding > 0)
    g_print ("%s%*s", usage, padding, "");
  else
    g_print ("%s\n%*s", usage, USAGE_CELLS, "");
  g_print ("%s\n", _(command->summary));
}

/* @noun: (nullable): only its commands */
static void
print_help (const char *noun)
{
  g_print ("%s\n\n", _("Usage: octoheraldctl COMMAND [OPTION…]"));
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      for (const HeraldCommand *command = nouns[i]; command->noun != NULL; command++)
        {
          if (noun == NULL || g_str_equal (command->noun, noun))
            print_usage_line (command);
        }
    }
  g_print ("\n%s\n%s\n%s\n", _("“octoheraldctl COMMAND --help” tells more about one of them."),
           _("“octoheraldctl --version” prints the version."),
           _("Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 service not reachable."));
}

static gboolean
is_help (const char *word)
{
  return g_strcmp0 (word, "--help") == 0 || g_strcmp0 (word, "-h") == 0 ||
         g_strcmp0 (word, "help") == 0;
}

/* A second word that is a verb makes it that command; else the noun may stand alone. */
static const HeraldCommand *
find_command (char    **words,
              gboolean *noun_exists)
{
  const HeraldCommand *alone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      for (const HeraldCommand *command = nouns[i]; command->noun != NULL; command++)
        {
          if (!g_str_equal (command->noun, words[0]))
            continue;

          *noun_exists = TRUE;
          if (command->verb == NULL)
            alone = command;
          else if (g_strcmp0 (command->verb, words[1]) == 0)
            return command;
        }
    }

  return alone;
}

static void
run_command (const HeraldCommand  *command,
             char                **arguments,
             GError              **error)
{
  HeraldCall call = { .command = command, .arguments = arguments };

  command->run (&call, error);
  herald_call_clear (&call);
}

static int
finish (const GError *error)
{
  int status = herald_failure_get_exit_status (error);

  if (error != NULL)
    g_printerr ("%s\n", error->message);
  if (status == HERALD_FAILURE_USAGE)
    g_printerr ("%s\n", _("“octoheraldctl --help” shows how to use it."));

  return status;
}

static int
run (char **words)
{
  gboolean noun_exists = FALSE;
  const HeraldCommand *command;
  g_autoptr(GError) error = NULL;

  if (words[0] == NULL)
    {
      herald_failure_set_usage (&error, "%s", _("Say what to do"));
      return finish (error);
    }
  if (is_help (words[0]))
    {
      print_help (NULL);
      return 0;
    }
  if (g_str_equal (words[0], "--version"))
    {
      g_print ("octoheraldctl %s\n", HERALD_VERSION);
      return 0;
    }

  command = find_command (words, &noun_exists);
  if (command != NULL)
    run_command (command, words + (command->verb != NULL ? 2 : 1), &error);
  else if (noun_exists && is_help (words[1]))
    print_help (words[0]);
  else if (noun_exists)
    herald_failure_set_usage (&error, _("Say what to do with “%s”"), words[0]);
  else
    herald_failure_set_usage (&error, _("There is no command “%s”"), words[0]);

  return finish (error);
}

int
main (int    argc,
      char **argv)
{
  herald_language_init ();
  g_set_prgname ("octoheraldctl");

  return run (argv + 1);
}
