/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-router"

#include "core/routing/router.h"

#include <glib/gstdio.h>

#include "core/outbox/delivery.h"
#include "core/outbox/fake-channel.h"

#define AWAY "While disconnected (14:02–14:31)."

/* One channel, and a configuration with the words of a user who has never heard of {away}. */
typedef struct
{
  char *directory;
  char *path;
  HeraldConfig *config;
  GListStore *channels;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(FakeChannel) channel = fake_channel_new ("one");
  g_autoptr(GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("herald-router-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "octoherald.conf", NULL);
  fixture->config = herald_config_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_list_store_append (fixture->channels, channel);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", fixture->directory);

  g_clear_object (&fixture->channels);
  g_assert_finalize_object (fixture->config);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
set_words (Fixture    *fixture,
           const char *title,
           const char *text)
{
  g_autoptr(HeraldValues) words = herald_values_new ();
  g_autoptr(GError) error = NULL;

  herald_values_set (words, "title", title);
  herald_values_set (words, "text", text);
  herald_config_set_section (fixture->config, "message", "print-done", words, &error);
  g_assert_no_error (error);
}

static HeraldEvent *
make_event (HeraldEventSource  source,
            const char        *away)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "file", "cube");
  herald_values_set (values, "away", away);

  return herald_event_new (HERALD_KIND_PRINT_DONE, source, "mk3", "job", "key", 1000, values);
}

static HeraldMessage *
route (Fixture     *fixture,
       HeraldEvent *event)
{
  g_autoptr(GPtrArray) drafts =
    herald_router_route (fixture->config, G_LIST_MODEL (fixture->channels), event, "MK3", NULL);

  g_assert_cmpuint (drafts->len, ==, 1);

  return herald_message_ref (((HeraldDraft *) drafts->pdata[0])->message);
}

static void
test_what_was_missed_says_so (Fixture       *fixture,
                              gconstpointer  data)
{
  static const struct
  {
    const char *title;
    const char *text;
    HeraldEventSource source;
    const char *away;
    const char *expected;
  } rows[] = {
    { "Done", "{file} is done.", HERALD_SOURCE_LIVE, NULL, "cube is done." },
    { "Done", "{file} is done.", HERALD_SOURCE_LIVE, AWAY, "cube is done." },
    { "Done", "{file} is done.", HERALD_SOURCE_RECONCILED, NULL, "cube is done." },
    { "Done", "{file} is done.", HERALD_SOURCE_RECONCILED, "", "cube is done." },
    { "Done", "{file} is done.", HERALD_SOURCE_RECONCILED, AWAY, "cube is done. " AWAY },
    { "Done", "{file} is done.\n", HERALD_SOURCE_INFERRED, AWAY, "cube is done.\n" AWAY },
    { "Done", "{away} {file} is done.", HERALD_SOURCE_INFERRED, AWAY, AWAY " cube is done." },
    { "Done", "{file} is {{away}}.", HERALD_SOURCE_INFERRED, AWAY, "cube is {away}. " AWAY },
    { "Done {away}", "{file} is done.", HERALD_SOURCE_INFERRED, AWAY, "cube is done." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldEvent) event = make_event (rows[i].source, rows[i].away);
      g_autoptr(HeraldMessage) message = NULL;

      set_words (fixture, rows[i].title, rows[i].text);
      message = route (fixture, event);
      g_assert_cmpstr (message->text, ==, rows[i].expected);
    }
}

static void
test_urgency_travels_with_the_message (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(HeraldEvent) usual = make_event (HERALD_SOURCE_LIVE, NULL);
  g_autoptr(HeraldEvent) quiet = make_event (HERALD_SOURCE_LIVE, NULL);
  g_autoptr(HeraldMessage) usual_message = route (fixture, usual);
  g_autoptr(HeraldMessage) quiet_message = NULL;
  g_autoptr(HeraldMessage) stored = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;

  herald_event_set_urgency (quiet, HERALD_URGENCY_LOW);
  quiet_message = route (fixture, quiet);
  json = herald_message_to_json (quiet_message);
  stored = herald_message_from_json (json, strlen (json), &error);

  g_assert_no_error (error);
  g_assert_cmpint (usual_message->urgency, ==, HERALD_URGENCY_NORMAL);
  g_assert_cmpint (quiet_message->urgency, ==, HERALD_URGENCY_LOW);
  g_assert_cmpint (stored->urgency, ==, HERALD_URGENCY_LOW);
}

/* A message of an earlier version, and one that somebody has meddled with */
static void
test_stored_message_without_urgency_has_that_of_its_kind (void)
{
  static const char *const rows[] = {
    "{\"kind\":\"print-failed\",\"title\":\"a\",\"text\":\"b\"}",
    "{\"kind\":\"print-failed\",\"title\":\"a\",\"text\":\"b\",\"urgency\":\"shouting\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldMessage) message = herald_message_from_json (rows[i], strlen (rows[i]), &error);

      g_assert_no_error (error);
      g_assert_cmpint (message->urgency, ==, HERALD_URGENCY_CRITICAL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/router/away", Fixture, NULL, set_up, test_what_was_missed_says_so, tear_down);
  g_test_add ("/router/urgency", Fixture, NULL, set_up, test_urgency_travels_with_the_message, tear_down);
  g_test_add_func ("/router/stored-urgency", test_stored_message_without_urgency_has_that_of_its_kind);

  return g_test_run ();
}
