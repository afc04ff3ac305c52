/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "core/base/text.h"
#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/human.h"
#include "ctl/output.h"

#define LIMIT_DEFAULT 50

/* The contract; what a row does not have is null. */
static const char *const keys[] = {
  "id",      "event",  "kind",   "printer",  "channel",  "channel_type", "destination",
  "title",   "text",   "picture", "picture_file", "note", "state",     "reason",
  "attempts", "source", "occurred", "created", "finished", "remote_id",
  "cost", NULL,
};

typedef struct
{
  HeraldClient *client;
  GMainLoop *loop;
  const char *state;
  const char *printer;
  gboolean json;
  GHashTable *printed;  /* id of a delivery → the state it had when it was printed */
} Follow;

static void
add_json (JsonBuilder *builder,
          GVariant    *row)
{
  json_builder_begin_object (builder);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr(GVariant) value = g_variant_lookup_value (row, keys[i], NULL);

      herald_output_add_variant (builder, keys[i], value);
    }
  json_builder_end_object (builder);
}

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

      add_json (builder, row);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

static HeraldTone
get_tone (const char *state)
{
  static const char *const bad[] = { "rejected", "quarantined", "expired", NULL };
  static const char *const busy[] = { "pending",  "sending",  "committing",
                                      "deferred", "probable", NULL };

  if (g_str_equal (state, "delivered"))
    return HERALD_TONE_GOOD;
  if (g_strv_contains (bad, state))
    return HERALD_TONE_BAD;

  return g_strv_contains (busy, state) ? HERALD_TONE_BUSY : HERALD_TONE_DIM;
}

static const char *
get_text (GVariant   *row,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (row, key, "&s", &text);

  return text;
}

/* Why it is in this state, and what else there is to know about it */
static char *
dup_remarks (GVariant *row)
{
  const char *reason = get_text (row, "reason");
  const char *note = get_text (row, "note");

  return g_strconcat (reason, *reason != '\0' && *note != '\0' ? " " : "", note, NULL);
}

static double
get_cost (GVariant *row)
{
  double cost = 0;

  g_variant_lookup (row, "cost", "d", &cost);

  return cost;
}

static gboolean
costs_something (GVariant *rows)
{
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      if (get_cost (row) > 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_row (HeraldTable *table,
         GVariant    *row,
         gboolean     with_cost)
{
  const char *state = get_text (row, "state");
  g_autofree char *id = NULL;
  g_autofree char *when = herald_human_format_moment (get_text (row, "created"),
                                                      g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *remarks = dup_remarks (row);
  g_autofree char *cost = get_cost (row) > 0 ? herald_text_format_dollars (get_cost (row)) : g_strdup ("");
  gint64 number = 0;

  g_variant_lookup (row, "id", "x", &number);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  herald_table_add (table, id, HERALD_TONE_DIM);
  herald_table_add (table, when, HERALD_TONE_PLAIN);
  herald_table_add (table, get_text (row, "channel"), HERALD_TONE_PLAIN);
  herald_table_add (table, state, get_tone (state));
  herald_table_add (table, get_text (row, "title"), HERALD_TONE_PLAIN);
  if (with_cost)
    herald_table_add (table, cost, HERALD_TONE_PLAIN);
  herald_table_add (table, remarks, HERALD_TONE_DIM);
}

static void
print_human (GVariant *rows)
{
  gboolean with_cost = costs_something (rows);
  const char *const headings[] = { _("ID"),    _("WHEN"), _("CHANNEL"), _("STATE"),
                                   _("TITLE"), with_cost ? _("COST") : _("REASON"), with_cost ? _("REASON") : NULL, NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      add_row (table, row, with_cost);
    }
  if (g_variant_n_children (rows) == 0)
    g_print ("%s\n", _("No message yet."));
  else
    herald_table_print (table);
}

/* A delivery can be told of several times before we get to ask, and has one state by then. */
static gboolean
is_news (Follow   *follow,
         GVariant *row)
{
  const char *state = get_text (row, "state");
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
  g_autofree char *remarks = dup_remarks (row);
  g_autofree char *now = NULL;
  g_autoptr(GDateTime) time = NULL;

  if (!is_news (follow, row))
    return;
  if (follow->json)
    {
      builder = json_builder_new ();
      add_json (builder, row);
      herald_output_print_json (builder, FALSE);
      return;
    }

  time = g_date_time_new_now_local ();
  now = g_date_time_format (time, "%H:%M:%S");
  g_print ("%s  %s  %s  %s  %s\n", now, get_text (row, "channel"), get_text (row, "state"),
           get_text (row, "title"), remarks);
  fflush (stdout);
}

static void
on_delivery_changed (HeraldDBusService1 *service,
                     gint64              id,
                     gpointer            user_data)
{
  Follow *follow = user_data;
  g_autoptr(GVariant) rows = NULL;
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "delivery", "x", id);
  if (follow->state != NULL)
    g_variant_dict_insert (&filter, "state", "s", follow->state);
  if (follow->printer != NULL)
    g_variant_dict_insert (&filter, "printer", "s", follow->printer);

  if (!herald_dbus_service1_call_list_history_sync (service, g_variant_dict_end (&filter), &rows,
                                                    NULL, NULL))
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

static GVariant *
make_filter (int         limit,
             const char *state,
             const char *printer)
{
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "limit", "u", (guint) limit);
  if (state != NULL)
    g_variant_dict_insert (&filter, "state", "s", state);
  if (printer != NULL)
    g_variant_dict_insert (&filter, "printer", "s", printer);

  return g_variant_dict_end (&filter);
}

static gboolean
check_state (const char  *state,
             GError     **error)
{
  static const char *const states[] = {
    "pending", "sending",    "committing", "deferred", "delivered",   "probable",
    "expired", "superseded", "digested",   "rejected", "quarantined", "cancelled", NULL,
  };
  g_autofree char *all = NULL;

  if (state == NULL || g_strv_contains (states, state))
    return TRUE;

  all = g_strjoinv (" ", (char **) states);

  return herald_failure_set_usage (error, _("There is no state “%s”; the states are %s"), state,
                                   all);
}

static gboolean
run_history (HeraldCall  *call,
             GError     **error)
{
  Follow follow = { 0 };
  gboolean follow_it = FALSE;
  int limit = LIMIT_DEFAULT;
  g_autofree char *state = NULL;
  g_autofree char *printer = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &follow.json, N_("Print JSON, for scripts"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many (50)"), N_("N") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &state, N_("Only in this state"), N_("STATE") },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &printer, N_("Only of this printer"), N_("ID") },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &follow_it, N_("Go on and show every change"), NULL },
    { NULL },
  };
  g_autoptr(GVariant) rows = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 0, error) || !check_state (state, error))
    return FALSE;
  if (limit < 1)
    return herald_failure_set_usage (error, "%s", _("--limit must be a number from 1 up"));
  if (!herald_call_connect (call, error))
    return FALSE;

  if (!herald_dbus_service1_call_list_history_sync (
          call->client->service, make_filter (limit, state, printer), &rows, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (follow_it)
    {
      follow.client = call->client;
      follow.state = state;
      follow.printer = printer;
      return follow_history (&follow, rows, error);
    }
  if (follow.json)
    print_json (rows);
  else
    print_human (rows);

  return TRUE;
}

static gboolean
parse_delivery (HeraldCall  *call,
                gint64      *id,
                GError     **error)
{
  if (!herald_call_parse (call, NULL, 1, 1, error))
    return FALSE;
  if (!g_ascii_string_to_signed (call->words[0], 10, 1, G_MAXINT64, id, NULL))
    return herald_failure_set_usage (error, _("“%s” is not a number of the history"),
                                     call->words[0]);

  return herald_call_connect (call, error);
}

static gboolean
run_retry (HeraldCall  *call,
           GError     **error)
{
  gint64 id;
  GError *cause = NULL;

  if (!parse_delivery (call, &id, error))
    return FALSE;
  if (!herald_dbus_service1_call_retry_delivery_sync (call->client->service, id, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

static gboolean
run_discard (HeraldCall  *call,
             GError     **error)
{
  gint64 id;
  GError *cause = NULL;

  if (!parse_delivery (call, &id, error))
    return FALSE;
  if (!herald_dbus_service1_call_discard_delivery_sync (call->client->service, id, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  return TRUE;
}

const HeraldCommand herald_history_commands[] = {
  { "history", NULL, "[--json] [--limit N] [--state STATE] [--printer ID] [--follow]",
    N_("Show what became of each message, the newest first"), run_history },
  { "history", "retry", "ID", N_("Try a message again"), run_retry },
  { "history", "discard", "ID", N_("Do not send a message that waits"), run_discard },
  { "history", "why", "EVENT", N_("Tell why something was told, or not"), NULL },
  { NULL },
};
