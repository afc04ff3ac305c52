/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/history-row.h"
#include "ctl/history-state.h"
#include "ctl/history-why.h"
#include "ctl/output.h"

#define LIMIT_DEFAULT 50

/* Which messages are wanted, as they were typed; NULL for all */
typedef struct
{
  int limit;
  char *states;
  char *printer;
  char *channel;
  char *kind;
  char *search;
  char *since;
  char *before;
} Wish;

typedef struct
{
  HeraldClient *client;
  GMainLoop *loop;
  const Wish *wish;
  gboolean json;
  GHashTable *printed;  /* id of a delivery → the state it had when it was printed */
} Follow;

static void
print_json (GVariant *rows)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      json_builder_begin_object (builder);
      herald_history_row_add_members (builder, row);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* A delivery can be told of several times before we get to ask, and has one state by then. */
static gboolean
is_news (Follow   *follow,
         GVariant *row)
{
  const char *state = herald_history_row_get_text (row, "state");
  gint64 id = 0;

  g_variant_lookup (row, "id", "x", &id);
  if (g_strcmp0 (g_hash_table_lookup (follow->printed, &id), state) == 0)
    return FALSE;

  g_hash_table_insert (follow->printed, g_memdup2 (&id, sizeof id), g_strdup (state));
  return TRUE;
}

static void
print_line (Follow   *follow,
            GVariant *row)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *remarks = herald_history_row_dup_remarks (row);
  g_autofree char *now = NULL;
  g_autoptr(GDateTime) time = NULL;

  if (!is_news (follow, row))
    return;
  if (follow->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      herald_history_row_add_members (builder, row);
      json_builder_end_object (builder);
      herald_output_print_json (builder, FALSE);
      return;
    }

  time = g_date_time_new_now_local ();
  now = g_date_time_format (time, "%H:%M:%S");
  g_print ("%s  %s  %s  %s  %s\n", now, herald_history_row_get_text (row, "channel"),
           herald_history_state_get_words (herald_history_row_get_text (row, "state")), herald_history_row_get_text (row, "title"),
           remarks);
  fflush (stdout);
}

static void
add_wish (GVariantDict *filter,
          const char   *name,
          const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (filter, name, "s", value);
}

/* (transfer floating): @id: only this one, 0 for all */
static GVariant *
make_filter (const Wish *wish,
             gint64      id)
{
  g_auto(GStrv) states = wish->states != NULL ? g_strsplit (wish->states, ",", -1) : NULL;
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "limit", "u", (guint) wish->limit);
  if (states != NULL)
    g_variant_dict_insert_value (&filter, "states", g_variant_new_strv ((const char *const *) states, -1));
  if (id != 0)
    g_variant_dict_insert_value (&filter, "ids", g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, &id, 1, sizeof id));
  add_wish (&filter, "printer", wish->printer);
  add_wish (&filter, "channel", wish->channel);
  add_wish (&filter, "kind", wish->kind);
  add_wish (&filter, "search", wish->search);
  add_wish (&filter, "since", wish->since);
  add_wish (&filter, "until", wish->before);

  return g_variant_dict_end (&filter);
}

static void
on_delivery_changed (HeraldDBusService1 *service,
                     gint64              id,
                     gpointer            user_data)
{
  Follow *follow = user_data;
  g_autoptr(GVariant) rows = NULL;

  if (!herald_dbus_service1_call_list_history_sync (service, make_filter (follow->wish, id), &rows, NULL, NULL))
    return;
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      print_line (follow, row);
    }
}

static void
on_name_owner_changed (GObject    *service,
                       GParamSpec *pspec,
                       gpointer    user_data)
{
  Follow *follow = user_data;
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (service));

  if (owner == NULL)
    g_main_loop_quit (follow->loop);
}

/* What was there comes first, the oldest on top, so that time always runs downwards. */
static gboolean
follow_history (Follow    *follow,
                GVariant  *rows,
                GError   **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GHashTable) printed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  follow->loop = loop;
  follow->printed = printed;
  g_signal_connect (follow->client->service, "notify::g-name-owner",
                    G_CALLBACK (on_name_owner_changed), follow);
  g_signal_connect (follow->client->service, "delivery-changed", G_CALLBACK (on_delivery_changed),
                    follow);
  for (gsize i = g_variant_n_children (rows); i > 0; i--)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i - 1);

      print_line (follow, row);
    }
  g_main_loop_run (loop);

  g_signal_handlers_disconnect_by_data (follow->client->service, follow);
  g_set_error_literal (error, HERALD_FAILURE, HERALD_FAILURE_UNREACHABLE,
                       _("OctoHerald has ended"));

  return FALSE;
}

/* A day alone is its beginning, where this computer is. */
static gboolean
read_moment (char       **moment,
             const char  *option,
             GError     **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *full = NULL;
  g_autoptr(GDateTime) time = NULL;

  if (*moment == NULL)
    return TRUE;

  full = strchr (*moment, 'T') == NULL ? g_strconcat (*moment, "T00:00:00", NULL) : g_strdup (*moment);
  time = g_date_time_new_from_iso8601 (full, zone);
  if (time == NULL)
    return herald_failure_set_usage (error, _("%s wants a day or a moment, like 2026-03-14 or 2026-03-14T15:09:26Z"), option);

  g_free (*moment);
  *moment = g_date_time_format_iso8601 (time);

  return TRUE;
}

static void
wish_clear (Wish *wish)
{
  g_free (wish->states);
  g_free (wish->printer);
  g_free (wish->channel);
  g_free (wish->kind);
  g_free (wish->search);
  g_free (wish->since);
  g_free (wish->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static gboolean
check_wish (Wish    *wish,
            GError **error)
{
  if (wish->limit < 1)
    return herald_failure_set_usage (error, "%s", _("--limit must be a number from 1 up"));

  return (wish->states == NULL || herald_history_state_check (wish->states, error)) &&
         read_moment (&wish->since, "--since", error) && read_moment (&wish->before, "--before", error);
}

static gboolean
show_history (HeraldCall  *call,
              const Wish  *wish,
              gboolean     is_json,
              gboolean     follow_it,
              GError     **error)
{
  Follow follow = { .client = call->client, .wish = wish, .json = is_json };
  g_autoptr(GVariant) rows = NULL;
  GError *cause = NULL;

  if (!herald_dbus_service1_call_list_history_sync (call->client->service, make_filter (wish, 0), &rows, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (follow_it)
    return follow_history (&follow, rows, error);
  if (is_json)
    print_json (rows);
  else
    herald_history_row_print (rows);

  return TRUE;
}

static gboolean
run_history (HeraldCall  *call,
             GError     **error)
{
  gboolean is_json = FALSE;
  gboolean follow_it = FALSE;
  g_auto(Wish) wish = { .limit = LIMIT_DEFAULT };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &is_json, N_("Print JSON, for scripts"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &wish.limit, N_("At most so many (50)"), N_("N") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &wish.states, N_("Only in this state, or in one of several"), N_("STATE,…") },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &wish.printer, N_("Only of this printer"), N_("ID") },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &wish.channel, N_("Only by this channel"), N_("ID") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &wish.kind, N_("Only about this"), N_("KIND") },
    { "search", 0, 0, G_OPTION_ARG_STRING, &wish.search, N_("Only with all these words"), N_("WORDS") },
    { "since", 0, 0, G_OPTION_ARG_STRING, &wish.since, N_("Only from this day or moment on"), N_("TIME") },
    { "before", 0, 0, G_OPTION_ARG_STRING, &wish.before, N_("Only before this day or moment"), N_("TIME") },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &follow_it, N_("Go on and show every change"), NULL },
    { NULL },
  };

  return herald_call_parse (call, entries, 0, 0, error) && check_wish (&wish, error) && herald_call_connect (call, error) &&
         show_history (call, &wish, is_json, follow_it, error);
}

/* What is done with one message */
typedef gboolean (*Deed) (HeraldDBusService1  *service,
                          gint64               id,
                          GCancellable        *cancellable,
                          GError             **error);

static gboolean
run_deed (HeraldCall  *call,
          Deed         deed,
          GError     **error)
{
  gint64 id;
  GError *cause = NULL;

  if (!herald_call_parse (call, NULL, 1, 1, error) ||
      !herald_history_row_parse_number (call->words[0], &id, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!deed (call->client->service, id, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

static gboolean
run_retry (HeraldCall  *call,
          GError     **error)
{
  return run_deed (call, herald_dbus_service1_call_retry_delivery_sync, error);
}

static gboolean
run_discard (HeraldCall  *call,
            GError     **error)
{
  return run_deed (call, herald_dbus_service1_call_discard_delivery_sync, error);
}

static gboolean
run_restore (HeraldCall  *call,
            GError     **error)
{
  return run_deed (call, herald_dbus_service1_call_restore_delivery_sync, error);
}

const HeraldCommand herald_history_commands[] = {
  { "history", NULL, "[--json] [--limit N] [--state STATE,…] [--printer ID] [--channel ID] [--kind KIND] [--search WORDS] [--since TIME] [--before TIME] [--follow]",
    N_("Show what became of each message, the newest first"), run_history },
  { "history", "retry", "ID", N_("Try a message again"), run_retry },
  { "history", "discard", "ID", N_("Do not send a message that waits"), run_discard },
  { "history", "restore", "ID", N_("Put back a message that was discarded, as it was"), run_restore },
  { "history", "why", "EVENT|--message ID [--json]", N_("Tell why something was told, and to whom not"), herald_history_why_run },
  { NULL },
};
