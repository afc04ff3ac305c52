/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-status"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "core/base/text.h"
#include "ctl/channel-row.h"
#include "ctl/channel-spending.h"
#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/human.h"
#include "ctl/output.h"
#include "ctl/printer-row.h"

/* What changes together is shown together. */
#define REFRESH_MS 200

/* What the time until it speaks again is compared with: nobody means the year 9999. */
#define FOREVER_PREFIX "9999-"

typedef struct
{
  HeraldClient *client;
  gboolean json;
  GMainLoop *loop;
  guint refresh_id;
} Watch;

static void
print_json (HeraldClient *client,
            gboolean      pretty)
{
  g_autoptr(GPtrArray) printers = herald_client_dup_printers (client);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  HeraldDBusService1 *service = client->service;

  json_builder_begin_object (builder);
  herald_printer_row_add_array (builder, printers);
  json_builder_set_member_name (builder, "outbox");
  json_builder_begin_object (builder);
  herald_output_add_seconds (builder, "waiting",
                             (gint64) herald_dbus_service1_get_waiting (service));
  herald_output_add_seconds (builder, "held", (gint64) herald_dbus_service1_get_held (service));
  json_builder_end_object (builder);
  herald_output_add_text (builder, "muted_until", herald_dbus_service1_get_muted_until (service));
  herald_output_add_text (builder, "quiet_until", herald_dbus_service1_get_quiet_until (service));
  herald_output_add_text (builder, "presence", herald_dbus_service1_get_presence (service));
  json_builder_end_object (builder);
  herald_output_print_json (builder, pretty);
}

static const char *
describe_keyring (const char *state)
{
  if (g_strcmp0 (state, "locked") == 0)
    return _("locked; unlock it so that keys and passwords can be used");
  if (g_strcmp0 (state, "absent") == 0)
    return _("there is none in this session, so keys and passwords cannot be kept");
  if (g_strcmp0 (state, "silent") == 0)
    return _("does not answer");

  return NULL;
}

static char *
describe_mute (const char *until)
{
  g_autofree char *moment = NULL;

  if (until == NULL || *until == '\0')
    return NULL;
  if (g_str_has_prefix (until, FOREVER_PREFIX))
    return g_strdup (_("until “octoheraldctl unmute”"));

  moment = herald_human_format_moment (until, g_get_real_time () / G_USEC_PER_SEC);

  return g_strdup_printf (_("ends %s"), moment);
}

/* Nothing where nobody says so: that is how it is on a computer without a desktop. */
static const char *
describe_presence (const char *presence)
{
  if (g_strcmp0 (presence, "present") == 0)
    return _("somebody is at this computer");
  if (g_strcmp0 (presence, "idle") == 0)
    return _("nobody is at this computer");
  if (g_strcmp0 (presence, "locked") == 0)
    return _("nobody is at this computer, the screen is locked");

  return NULL;
}

static void
print_human (HeraldClient *client)
{
  g_autoptr(GPtrArray) printers = herald_client_dup_printers (client);
  g_autoptr(GPtrArray) channels = herald_client_dup_channels (client);
  HeraldDBusService1 *service = client->service;
  guint n_waiting = (guint) herald_dbus_service1_get_waiting (service);
  guint n_held = (guint) herald_dbus_service1_get_held (service);
  /* Translators: how many messages wait to be sent */
  g_autofree char *waiting = g_strdup_printf (ngettext ("%u waiting", "%u waiting", n_waiting), n_waiting);
  /* Translators: how many messages are held back until somebody looks at them */
  g_autofree char *held = g_strdup_printf (ngettext ("%u held", "%u held", n_held), n_held);
  g_autofree char *outbox = g_strconcat (waiting, herald_text_get_comma (), held, NULL);
  g_autofree char *muted = describe_mute (herald_dbus_service1_get_muted_until (service));
  g_autofree char *quiet = describe_mute (herald_dbus_service1_get_quiet_until (service));

  if (printers->len > 0)
    herald_printer_row_print (printers);
  else
    g_print ("%s\n", _("No printer yet. Add one with “octoheraldctl printer add”."));
  g_print ("\n");
  herald_output_print_field (_("Outbox"), outbox);
  herald_channel_row_print_problems (channels);
  herald_channel_spending_print (channels);
  herald_output_print_field (_("Muted"), muted);
  herald_output_print_field (_("Quiet hours"), quiet);
  herald_output_print_field (_("Presence"), describe_presence (herald_dbus_service1_get_presence (service)));
  herald_output_print_field (_("Keyring"),
                             describe_keyring (herald_dbus_service1_get_keyring (service)));
  fflush (stdout);
}

static void
print_status (Watch *watch)
{
  if (watch->json)
    {
      print_json (watch->client, watch->loop == NULL);
      return;
    }

  /* ECMA-48, “CUP” and “ED”: draw over what was there */
  if (watch->loop != NULL && herald_output_is_terminal ())
    g_print ("\033[H\033[2J");
  print_human (watch->client);
}

static gboolean
on_refresh_timeout (gpointer user_data)
{
  Watch *watch = user_data;

  watch->refresh_id = 0;
  print_status (watch);

  return G_SOURCE_REMOVE;
}

static void
on_something_changed (Watch *watch)
{
  if (watch->refresh_id == 0)
    watch->refresh_id = g_timeout_add (REFRESH_MS, on_refresh_timeout, watch);
}

static void
on_name_owner_changed (GObject    *service,
                       GParamSpec *pspec,
                       gpointer    user_data)
{
  Watch *watch = user_data;
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (service));

  if (owner == NULL)
    g_main_loop_quit (watch->loop);
}

/* Ends when the service does. */
static gboolean
follow (Watch   *watch,
        GError **error)
{
  static const char *const signals[] = { "object-added", "object-removed", "interface-added",
                                         "interface-removed",
                                         "interface-proxy-properties-changed" };
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  watch->loop = loop;
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (watch->client->manager, signals[i],
                              G_CALLBACK (on_something_changed), watch);
  g_signal_connect_swapped (watch->client->service, "g-properties-changed",
                            G_CALLBACK (on_something_changed), watch);
  g_signal_connect (watch->client->service, "notify::g-name-owner",
                    G_CALLBACK (on_name_owner_changed), watch);
  print_status (watch);
  g_main_loop_run (loop);

  g_clear_handle_id (&watch->refresh_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (watch->client->manager, watch);
  g_signal_handlers_disconnect_by_data (watch->client->service, watch);
  g_set_error_literal (error, HERALD_FAILURE, HERALD_FAILURE_UNREACHABLE,
                       _("OctoHerald has ended"));

  return FALSE;
}

static gboolean
run_status (HeraldCall  *call,
            GError     **error)
{
  gboolean json = FALSE;
  gboolean watch_it = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, for scripts"), NULL },
    { "watch", 0, 0, G_OPTION_ARG_NONE, &watch_it, N_("Go on and show every change"), NULL },
    { NULL },
  };
  Watch watch = { 0 };

  if (!herald_call_parse (call, entries, 0, 0, error) || !herald_call_connect (call, error))
    return FALSE;

  watch.client = call->client;
  watch.json = json;
  if (watch_it)
    return follow (&watch, error);
  print_status (&watch);

  return TRUE;
}

const HeraldCommand herald_status_commands[] = {
  { "status", NULL, "[--json] [--watch]", N_("Show what the printers are doing"), run_status },
  { NULL },
};
