/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-render"

#include <glib/gi18n-lib.h>

#include "core/base/values.h"
#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/output.h"

static void
print_json (const char        *title,
            const char        *text,
            const char *const *problems)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  herald_output_add_text (builder, "title", title);
  herald_output_add_text (builder, "text", text);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; problems[i] != NULL; i++)
    json_builder_add_string_value (builder, problems[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* All channels say the same so far; the one that is asked for must exist. */
static gboolean
check_channel (HeraldCall  *call,
               const char  *id,
               GError     **error)
{
  g_autoptr(HeraldDBusChannel1) channel = NULL;

  if (id == NULL)
    return TRUE;
  channel = herald_client_find_channel (call->client, id, error);

  return channel != NULL;
}

static gboolean
run_render (HeraldCall  *call,
            GError     **error)
{
  g_autofree char *printer = NULL;
  g_autofree char *channel = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "printer", 0, 0, G_OPTION_ARG_STRING, &printer, N_("With the values of this printer"), N_("ID") },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel, N_("As this channel would send it"), N_("ID") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_("Try this title"), N_("TITLE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("Try this text"), N_("TEXT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(HeraldValues) templates = herald_values_new ();
  g_autofree char *rendered_title = NULL;
  g_autofree char *rendered_text = NULL;
  g_auto(GStrv) problems = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error) ||
      !check_channel (call, channel, error))
    return FALSE;

  if (title != NULL)
    herald_values_set (templates, "title", title);
  if (text != NULL)
    herald_values_set (templates, "text", text);
  if (!herald_dbus_service1_call_render_sync (
          call->client->service, call->words[0], printer != NULL ? printer : "",
          herald_values_to_variant (templates), &rendered_title, &rendered_text, &problems, NULL,
          &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    print_json (rendered_title, rendered_text, (const char *const *) problems);
  else
    {
      g_print ("%s\n%s\n", rendered_title, rendered_text);
      herald_output_print_warnings ((const char *const *) problems);
    }

  return TRUE;
}

const HeraldCommand herald_render_commands[] = {
  { "render", NULL, "KIND [--printer ID] [--channel ID] [--title TITLE] [--text TEXT] [--json]",
    N_("Show what a message would say; nothing is sent"), run_render },
  { NULL },
};
