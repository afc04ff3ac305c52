/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-import"

#include <glib/gi18n-lib.h>

#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

/* The service takes no longer one. */
#define FILE_MAX_BYTES (4 * 1024 * 1024)

/* A person may have to unlock the keyring first, and has two minutes for it. */
#define LIMIT_MS (150 * 1000)

typedef struct
{
  char *program;
  char *printer;
  char *from_printer;
  gboolean dry_run;
  gboolean json;
} Wish;

static void
wish_clear (Wish *self)
{
  g_free (self->program);
  g_free (self->printer);
  g_free (self->from_printer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static const struct
{
  const char *outcome;
  const char *heading;
  const char *heading_of_try;
} groups[] = {
  { "taken", N_("Taken over:"), N_("Would be taken over:") },
  { "changed", N_("Different here:"), N_("Would be different here:") },
  { "left", N_("Not taken over:"), N_("Would not be taken over:") },
};

static void
print_group (GVariant   *report,
             const char *outcome,
             const char *heading)
{
  gboolean has_begun = FALSE;

  for (gsize i = 0; i < g_variant_n_children (report); i++)
    {
      const char *row_outcome;
      const char *subject;
      const char *sentence;

      g_variant_get_child (report, i, "(&s&s&s)", &row_outcome, &subject, &sentence);
      if (!g_str_equal (row_outcome, outcome))
        continue;

      if (!has_begun)
        g_print ("%s\n", heading);
      has_begun = TRUE;
      g_print ("  %s: %s\n", subject, sentence);
    }
}

static void
print_json (GVariant *report,
            gboolean  dry_run)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, dry_run);
  json_builder_set_member_name (builder, "report");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (report); i++)
    {
      const char *outcome;
      const char *subject;
      const char *sentence;

      g_variant_get_child (report, i, "(&s&s&s)", &outcome, &subject, &sentence);
      json_builder_begin_object (builder);
      herald_output_add_text (builder, "outcome", outcome);
      herald_output_add_text (builder, "subject", subject);
      herald_output_add_text (builder, "sentence", sentence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

static void
print_report (GVariant   *report,
              const Wish *wish)
{
  if (wish->json)
    {
      print_json (report, wish->dry_run);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    print_group (report, groups[i].outcome, wish->dry_run ? _(groups[i].heading_of_try) : _(groups[i].heading));
}

static GVariant *
make_options (const Wish *wish)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "dry-run", "b", wish->dry_run);
  if (wish->printer != NULL)
    g_variant_dict_insert (&options, "printer", "s", wish->printer);

  return g_variant_dict_end (&options);
}

/* @bytes: (nullable): of a file; else a printer is asked */
static gboolean
call_service (HeraldCall  *call,
              const Wish  *wish,
              GBytes      *bytes,
              GVariant   **report,
              GError     **error)
{
  HeraldDBusService1 *service = call->client->service;
  const char *program = wish->program != NULL ? wish->program : "";
  GError *cause = NULL;
  gboolean done;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (service), LIMIT_MS);
  if (bytes != NULL)
    done = herald_dbus_service1_call_import_foreign_sync (service, program,
                                                          g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE),
                                                          make_options (wish), report, NULL, &cause);
  else
    done = herald_dbus_service1_call_import_from_printer_sync (service, program, wish->from_printer, make_options (wish),
                                                               report, NULL, &cause);

  return done || herald_failure_take_dbus_error (error, cause);
}

static gboolean
run_import (HeraldCall  *call,
            GError     **error)
{
  g_auto(Wish) wish = { NULL };
  const GOptionEntry entries[] = {
    { "from-printer", 0, 0, G_OPTION_ARG_STRING, &wish.from_printer, N_("Ask the OctoPrint of this printer instead"), "ID" },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &wish.printer, N_("The printer to which the settings belong"), "ID" },
    { "program", 0, 0, G_OPTION_ARG_STRING, &wish.program,
      N_("Only take over the settings of octotweet, octotext, octorant, octotray or octoprint-desktop"), "NAME" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &wish.dry_run, N_("Only say what would be taken over"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wish.json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GVariant) report = NULL;

  if (!herald_call_parse (call, entries, 0, 1, error))
    return FALSE;
  if ((call->n_words == 1) == (wish.from_printer != NULL))
    return herald_failure_set_usage (error, "%s", _("Name a file, or a printer with --from-printer"));

  if (call->n_words == 1)
    {
      bytes = herald_input_read_bytes (call->words[0], FILE_MAX_BYTES, error);
      if (bytes == NULL)
        return FALSE;
    }
  if (!herald_call_connect (call, error) || !call_service (call, &wish, bytes, &report, error))
    return FALSE;

  print_report (report, &wish);

  return TRUE;
}

const HeraldCommand herald_import_commands[] = {
  { "import", NULL, "FILE|- [--dry-run]", N_("Take over the settings of OctoTweet, OctoText, Octorant and the like"),
    run_import },
  { NULL },
};
