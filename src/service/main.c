/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-main"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/base/log.h"
#include "service/actions/program-start.h"
#include "service/channel-registry.h"
#include "service/memory-keeper.h"
#include "service/bus/names.h"
#include "service/service.h"

typedef struct
{
  GMainLoop *loop;
  int status;
} Program;

/* What has to hold before anything else happens. */
static void
prepare_process (void)
{
  herald_program_start_set_umask (umask (077));
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);

  /* Only the ELF headers: no secret gets into a core dump. Where it cannot be set there are none. */
  g_file_set_contents_full ("/proc/self/coredump_filter", "0x10", 4, G_FILE_SET_CONTENTS_NONE, 0600,
                            NULL);
}

static gboolean
on_termination_signal (gpointer user_data)
{
  Program *program = user_data;

  g_main_loop_quit (program->loop);

  return G_SOURCE_CONTINUE;
}

static void
on_service_failed (HeraldService *service,
                   const char    *sentence,
                   gpointer       user_data)
{
  Program *program = user_data;

  fprintf (stderr, "%s\n", sentence);
  program->status = EXIT_FAILURE;
  g_main_loop_quit (program->loop);
}

static void
on_service_quit (HeraldService *service,
                 gpointer       user_data)
{
  Program *program = user_data;

  g_main_loop_quit (program->loop);
}

static int
run (const char *config_dir,
     const char *data_dir,
     gboolean    only_if_needed)
{
  g_autoptr(HeraldService) service = herald_service_new (config_dir, data_dir,
                                                         herald_channel_registry);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program program = { loop, EXIT_SUCCESS };
  guint interrupt_id = g_unix_signal_add (SIGINT, on_termination_signal, &program);
  guint keeper_id = herald_memory_keeper_start ();
  guint terminate_id = g_unix_signal_add (SIGTERM, on_termination_signal, &program);
  guint hang_up_id = g_unix_signal_add (SIGHUP, on_termination_signal, &program);

  herald_service_set_only_if_needed (service, only_if_needed);
  g_signal_connect (service, "failed", G_CALLBACK (on_service_failed), &program);
  g_signal_connect (service, "quit", G_CALLBACK (on_service_quit), &program);
  herald_service_start (service);
  g_main_loop_run (loop);
  herald_service_stop (service);

  g_source_remove (keeper_id);
  g_source_remove (interrupt_id);
  g_source_remove (terminate_id);
  g_source_remove (hang_up_id);

  return program.status;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *config_dir = NULL;
  g_autofree char *data_dir = NULL;
  gboolean only_if_needed = FALSE;
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "config-dir", 0, 0, G_OPTION_ARG_FILENAME, &config_dir, N_("Where the settings are"),
      N_("FOLDER") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Where messages are kept"),
      N_("FOLDER") },
    { "if-needed", 0, 0, G_OPTION_ARG_NONE, &only_if_needed, N_("End without complaint if it is already running"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;

  herald_log_init ();
  prepare_process ();
  herald_language_init ();

  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Watches 3D printers and tells what they do."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  if (version)
    {
      printf ("octoherald-service %s\n", HERALD_VERSION);
      return EXIT_SUCCESS;
    }

  if (config_dir == NULL)
    config_dir = g_build_filename (g_get_user_config_dir (), "octoherald", NULL);
  if (data_dir == NULL)
    data_dir = g_build_filename (g_get_user_data_dir (), "octoherald", NULL);
  herald_names_register_errors ();

  return run (config_dir, data_dir, only_if_needed);
}
