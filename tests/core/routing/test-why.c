/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-why"

#include "core/routing/why.h"

#include "core/channels/email/email-channel.h"
#include "core/outbox/outbox-fixture.h"
#include "core/outbox/past-event.h"
#include "message-fixture.h"

#define KIND HERALD_KIND_PRINT_DONE

static HeraldEvent *
make_event (HeraldEventKind kind)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "file", "cube");

  return herald_event_new (kind, HERALD_SOURCE_LIVE, "mk3", "job", "key", 1000, values);
}

static HeraldChannel *
make_mail (const char *name,
           const char *value)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();

  herald_values_set (settings, "to", "anna@example.org");
  herald_values_set (settings, name, value);

  return herald_channel_new (&herald_email_channel_type, "mail", settings, secrets);
}

/* It says “told” of exactly what is told. */
static void
test_rules_are_those_of_the_router (MessageFixture *fixture,
                                    gconstpointer   user_data)
{
  /* The settings of the message add up from row to row. */
  static const struct
  {
    const char *changes;
    const char *name;    /* of a setting of the account */
    const char *value;
    const char *rule;
  } rows[] = {
    { "enabled=true", "name", "Mail", "told" },
    { "enabled=false", "enabled", "false", "message-off" },
    { "enabled=true", "enabled", "false", "channel-off" },
    { "channels=none", "name", "Mail", "not-chosen" },
    { "channels=all|title={error}|text=", "name", "Mail", "no-words" },
    { "title=Done", "to", NULL, "nobody" },
    { "title=Done", "name", "Mail", "told" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldEvent) event = make_event (KIND);
      g_autoptr(HeraldChannel) channel = make_mail (rows[i].name, rows[i].value);
      g_autoptr(GListStore) channels = g_list_store_new (HERALD_TYPE_CHANNEL);
      g_autoptr(GPtrArray) drafts = NULL;
      const HeraldWhyNot *why_not;

      g_list_store_append (channels, channel);
      g_assert_true (message_fixture_change (fixture, KIND, NULL, rows[i].changes));
      drafts = herald_router_route (fixture->config, G_LIST_MODEL (channels), event, "MK3", NULL);
      why_not = herald_why_not (fixture->config, channel, event, "MK3");

      g_assert_cmpstr (why_not->rule, ==, rows[i].rule);
      g_assert_cmpuint (drafts->len, ==, g_str_equal (rows[i].rule, "told") ? 1 : 0);
      g_assert_true (g_str_has_prefix (why_not->sentence, "As things are set now, "));
    }
}

/* What was sent to accounts by name says nothing of the settings. */
static void
test_what_was_sent_by_name_is_not_judged_by_settings (MessageFixture *fixture,
                                                      gconstpointer   user_data)
{
  static const struct
  {
    HeraldEventKind kind;
    const char *cause;
  } rows[] = {
    { HERALD_KIND_TEST, "test" },
    { HERALD_KIND_CUSTOM, "sender" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldEvent) event = make_event (rows[i].kind);
      g_autoptr(HeraldChannel) channel = make_mail ("name", "Mail");

      g_assert_cmpstr (herald_why_get_cause (event), ==, rows[i].cause);
      g_assert_cmpstr (herald_why_not (fixture->config, channel, event, "MK3")->rule, ==, "not-addressed");
    }
}

/* It is of the same kind as what somebody sends. */
static void
test_digest_is_known_by_its_event (Fixture       *fixture,
                                   gconstpointer  data)
{
  static const struct
  {
    gint64 id;
    const char *cause;
  } rows[] = { { 1, "settings" }, { 51, "digest" } };

  fixture->channel->allowance.per_day = 10;
  fixture_begin (fixture);
  for (guint i = 1; i <= 50; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      fixture_say_by (fixture, title, title);
    }
  fixture_spin ();
  fixture_pass (fixture, 60 * 1000);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GPtrArray) found = fixture_query (fixture, rows[i].id);
      const HeraldDelivery *delivery = g_ptr_array_index (found, 0);
      g_autoptr(GError) error = NULL;
      g_autoptr(HeraldEvent) event = herald_past_event_load (herald_outbox_get_database (fixture->outbox),
                                                             delivery->event, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (herald_why_get_cause (event), ==, rows[i].cause);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add ("/why/" path, MessageFixture, NULL, message_fixture_set_up, test, message_fixture_tear_down)
  ADD ("rules", test_rules_are_those_of_the_router);
  ADD ("by-name", test_what_was_sent_by_name_is_not_judged_by_settings);
  FIXTURE_ADD ("/why/digest", NULL, test_digest_is_known_by_its_event);

  return g_test_run ();
}
