/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-router-forms"

#include <string.h>

#include "core/channels/email/email-channel.h"
#include "core/outbox/delivery.h"
#include "core/outbox/fake-channel.h"
#include "core/routing/router.h"
#include "core/words/text-links.h"
#include "message-fixture.h"

#define KIND HERALD_KIND_PRINT_DONE
#define LONG_NAME "a-very-long-name-of-a-file-that-somebody-has-thought-up-to-tell-the-forty-versions-of-it-apart"

static const HeraldChannelType post_type = {
  .id = "post",
  .name = "Post",
  .reach = HERALD_REACH_PUBLIC,
  .form = "x",
  .get_gtype = fake_channel_get_type,
};

/* A channel of each form: `desk` of none, `mail`, `phone` and `post` */
typedef struct
{
  MessageFixture message;
  GListStore *channels;
} Fixture;

static void
add_channel (Fixture                 *fixture,
             const HeraldChannelType *type,
             const char              *id,
             const char              *sms)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldChannel) channel = NULL;

  herald_values_set (settings, "to", "anna@example.org");
  herald_values_set (settings, "sms", sms);
  channel = herald_channel_new (type, id, settings, secrets);
  g_list_store_append (fixture->channels, channel);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(FakeChannel) desk = fake_channel_new ("desk");

  message_fixture_set_up (&fixture->message, NULL);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_list_store_append (fixture->channels, desk);
  add_channel (fixture, &herald_email_channel_type, "mail", "false");
  add_channel (fixture, &herald_email_channel_type, "phone", "true");
  add_channel (fixture, &post_type, "post", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->channels);
  message_fixture_tear_down (&fixture->message, NULL);
}

/* @away: (nullable): what is said of an event that was found out afterwards */
static GPtrArray *
route_late (Fixture    *fixture,
            const char *file,
            const char *away)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;

  herald_values_set (values, "file", file);
  herald_values_set (values, "away", away);
  event = herald_event_new (KIND, away != NULL ? HERALD_SOURCE_INFERRED : HERALD_SOURCE_LIVE, "mk3", "job", "key", 1000,
                            values);

  return herald_router_route (fixture->message.config, G_LIST_MODEL (fixture->channels), event, "MK3", NULL);
}

static GPtrArray *
route (Fixture    *fixture,
       const char *file)
{
  return route_late (fixture, file, NULL);
}

/* (nullable) */
static const HeraldDraft *
find (GPtrArray  *drafts,
      const char *channel)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      const HeraldDraft *draft = g_ptr_array_index (drafts, i);

      if (g_str_equal (draft->channel, channel))
        return draft;
    }

  return NULL;
}

static const char *
get_text (GPtrArray  *drafts,
          const char *channel)
{
  const HeraldDraft *draft = find (drafts, channel);

  return draft != NULL ? draft->message->text : NULL;
}

static void
test_each_form_has_its_words (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr(GPtrArray) drafts = NULL;

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL,
                                         "title=Done|text=:tada: {file} is done.|text-sms={file} done|title-email=Mail"));
  g_assert_true (message_fixture_change (&fixture->message, KIND, "mk3", "text-x=Look, {file}! #3d"));
  drafts = route (fixture, "cube");

  g_assert_cmpstr (get_text (drafts, "desk"), ==, "🎉 cube is done.");
  g_assert_cmpstr (get_text (drafts, "mail"), ==, "🎉 cube is done.");
  g_assert_cmpstr (get_text (drafts, "phone"), ==, "MK3: cube done");
  g_assert_cmpstr (get_text (drafts, "post"), ==, "MK3 : Look, cube! #3d");
  g_assert_cmpstr (find (drafts, "desk")->message->title, ==, "Done");
  g_assert_cmpstr (find (drafts, "mail")->message->title, ==, "Mail");

  /* The history shows a title, also where none is sent. */
  g_assert_cmpstr (find (drafts, "post")->message->title, ==, "Done");
}

/* Channels of one form share the very same message. */
static void
test_one_form_is_worded_once (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr(GPtrArray) drafts = NULL;

  add_channel (fixture, &herald_email_channel_type, "other", "false");
  drafts = route (fixture, "cube");

  g_assert_true (find (drafts, "mail")->message == find (drafts, "other")->message);
  g_assert_true (find (drafts, "mail")->message != find (drafts, "phone")->message);
}

static void
test_long_name_gives_way_where_it_must (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(GPtrArray) drafts = NULL;

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL,
                                         "text={file} is done, and this is what there is to say."));
  drafts = route (fixture, LONG_NAME);

  g_assert_nonnull (strstr (get_text (drafts, "mail"), LONG_NAME));
  g_assert_nonnull (strstr (get_text (drafts, "post"), LONG_NAME));
  g_assert_null (strstr (get_text (drafts, "phone"), LONG_NAME));
  g_assert_true (g_str_has_suffix (get_text (drafts, "phone"), "... is done, and this is what there is to say."));
  g_assert_cmpuint (strlen (get_text (drafts, "phone")), <=, 120);
}

/* F98: an empty text is not sent where it would be all there is. */
static void
test_nothing_to_say_is_not_said (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GPtrArray) late = NULL;
  g_autoptr(GPtrArray) silence = NULL;

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL, "title=Done|text="));
  drafts = route (fixture, "cube");
  g_assert_cmpuint (drafts->len, ==, 2);
  g_assert_cmpstr (get_text (drafts, "mail"), ==, "");
  g_assert_cmpstr (get_text (drafts, "desk"), ==, "");

  /* Nor is it, on X or by SMS, when it was found out afterwards. */
  late = route_late (fixture, "cube", "It ended while nobody could listen.");
  g_assert_cmpuint (late->len, ==, 2);
  g_assert_cmpstr (get_text (late, "mail"), ==, "It ended while nobody could listen.");

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL, "title={error}"));
  silence = route (fixture, "cube");
  g_assert_cmpuint (silence->len, ==, 0);
}

static void
set_channels (Fixture    *fixture,
              const char *channels)
{
  g_autoptr(HeraldValues) words = herald_values_new ();

  herald_values_set (words, "channels", channels);
  g_assert_true (herald_config_set_section (fixture->message.config, HERALD_MESSAGE_CATEGORY, "print-done", words, NULL));
}

/* Each event goes where it is to go, and nowhere else. */
static void
test_targets_are_those_of_the_kind (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(GPtrArray) one = NULL;
  g_autoptr(GPtrArray) none = NULL;

  set_channels (fixture, "mail, post");
  one = route (fixture, "cube");
  g_assert_cmpuint (one->len, ==, 2);
  g_assert_nonnull (find (one, "mail"));
  g_assert_nonnull (find (one, "post"));

  set_channels (fixture, "none");
  none = route (fixture, "cube");
  g_assert_cmpuint (none->len, ==, 0);
}

/* F45: the message goes out, without a trace of the mistake; who wrote it reads what is wrong in the history. */
static void
test_mistake_is_noted_and_not_sent (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(GPtrArray) drafts = NULL;
  const char *note;

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL,
                                         "title=Done {tme}|text={flie} is done.|text-x={file} is done."));
  drafts = route (fixture, "cube");

  g_assert_cmpuint (drafts->len, ==, 4);
  g_assert_cmpstr (get_text (drafts, "mail"), ==, "is done.");
  g_assert_cmpstr (find (drafts, "mail")->message->title, ==, "Done");
  note = find (drafts, "mail")->note;
  g_assert_nonnull (strstr (note, "{flie}"));
  g_assert_nonnull (strstr (note, "{file}"));
  g_assert_nonnull (strstr (note, "{tme}"));

  /* A post has no title, and its text is right. */
  g_assert_cmpstr (get_text (drafts, "post"), ==, "MK3 : cube is done.");
  g_assert_null (find (drafts, "post")->note);
  g_assert_null (strstr (find (drafts, "phone")->note, "{tme}"));
}

/* A file whose name is a mention, a tag or a link is none of these in public, and what it is everywhere else. */
static void
test_name_calls_nobody_in_public (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GArray) links = NULL;

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL, "text={file} is done."));
  drafts = route (fixture, "@anna #1 v1.2.zip");

  g_assert_cmpstr (get_text (drafts, "mail"), ==, "@anna #1 v1.2.zip is done.");
  g_assert_null (strstr (get_text (drafts, "post"), "@anna"));
  g_assert_null (strstr (get_text (drafts, "post"), "v1.2.zip"));
  links = herald_text_links_find (get_text (drafts, "post"));
  g_assert_cmpuint (links->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/router-forms/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("words", test_each_form_has_its_words);
  ADD ("once", test_one_form_is_worded_once);
  ADD ("long", test_long_name_gives_way_where_it_must);
  ADD ("f98-nothing", test_nothing_to_say_is_not_said);
  ADD ("f45-mistake", test_mistake_is_noted_and_not_sent);
  ADD ("g21-targets", test_targets_are_those_of_the_kind);
  ADD ("public", test_name_calls_nobody_in_public);

  return g_test_run ();
}
