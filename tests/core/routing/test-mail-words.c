/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-words"

#include <string.h>

#include "core/base/text.h"
#include "core/channels/email/email-channel.h"
#include "core/channels/email/email-message.h"
#include "core/outbox/draft.h"
#include "core/routing/router.h"
#include "core/words/mail-words.h"
#include "core/words/template.h"
#include "core/words/wording.h"
#include "core/words/words.h"
#include "message-fixture.h"

#define OCCURRED_MS G_GINT64_CONSTANT (1795228393000)

/* What a mail says to somebody who has set nothing */
typedef struct
{
  MessageFixture message;
  GListStore *channels;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldChannel) channel = NULL;

  message_fixture_set_up (&fixture->message, NULL);
  herald_values_set (settings, "to", "anna@example.org");
  channel = herald_channel_new (&herald_email_channel_type, "mail", settings, secrets);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_list_store_append (fixture->channels, channel);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->channels);
  message_fixture_tear_down (&fixture->message, NULL);
}

/* @known: "name=value|name=value" */
static HeraldMessage *
tell (Fixture         *fixture,
      HeraldEventKind  kind,
      const char      *printer_name,
      const char      *known)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;
  g_autoptr(GPtrArray) drafts = NULL;
  g_auto(GStrv) pairs = g_strsplit (known, "|", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto(GStrv) parts = g_strsplit (*pair, "=", 2);

      herald_values_set (values, parts[0], parts[1]);
    }
  event = herald_event_new (kind, HERALD_SOURCE_LIVE, "mk4", "job", "key", OCCURRED_MS, values);
  drafts = herald_router_route (fixture->message.config, G_LIST_MODEL (fixture->channels), event, printer_name, NULL);
  g_assert_cmpuint (drafts->len, ==, 1);

  return herald_message_ref (((HeraldDraft *) g_ptr_array_index (drafts, 0))->message);
}

static char *
write_mail (HeraldMessage *message)
{
  const HeraldEmailHeader header = { .from = "herald@example.org", .to = "anna@example.org", .key = "k1" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) mail = herald_email_message_write (message, NULL, &header, &error);
  gsize length = 0;
  const char *data = NULL;

  g_assert_no_error (error);
  data = g_bytes_get_data (mail, &length);

  return g_strndup (data, length);
}

static void
assert_tells (HeraldMessage *message,
              const char    *line)
{
  g_auto(GStrv) lines = g_strsplit (message->text, "\n", -1);

  if (!g_strv_contains ((const char *const *) lines, line))
    g_test_fail_printf ("no line “%s” in “%s”", line, message->text);
}

static void
test_f84_subject_is_printer_and_title (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) message = tell (fixture, HERALD_KIND_PRINT_DONE, "MK4", "file=cube");
  g_autofree char *mail = write_mail (message);

  g_assert_nonnull (strstr (mail, "\r\nSubject: MK4: print finished\r\n"));
}

static void
test_f85_last_line_says_who_sends_it (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) message = tell (fixture, HERALD_KIND_PRINT_DONE, "Grüner MK4", "file=cube");
  g_autofree char *mail = write_mail (message);

  g_assert_true (g_str_has_prefix (message->text, "✅ cube is done after some time.\n"));
  g_assert_true (g_str_has_suffix (message->text, "\n\nMessage sent from: Grüner MK4"));
  g_assert_nonnull (strstr (mail, "charset=utf-8"));
}

static void
test_f85_own_words_are_all_that_is_said (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) message = NULL;

  g_assert_true (message_fixture_change (&fixture->message, HERALD_KIND_PRINT_DONE, NULL, "text={file}!"));
  message = tell (fixture, HERALD_KIND_PRINT_DONE, "MK4", "file=cube");
  g_assert_cmpstr (message->text, ==, "cube!");
  g_assert_cmpstr (message->title, ==, "MK4: print finished");
}

static void
test_f85_own_words_for_one_printer_or_for_mails (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) own = NULL;
  g_autoptr(HeraldMessage) mail = NULL;

  g_assert_true (message_fixture_change (&fixture->message, HERALD_KIND_PRINT_DONE, "mk4", "text={file}?"));
  own = tell (fixture, HERALD_KIND_PRINT_DONE, "MK4", "file=cube");
  g_assert_cmpstr (own->text, ==, "cube?");

  g_assert_true (message_fixture_change (&fixture->message, HERALD_KIND_PRINT_DONE, NULL, "text-email=Dear Anna"));
  mail = tell (fixture, HERALD_KIND_PRINT_DONE, "MK4", "file=cube");
  g_assert_cmpstr (mail->text, ==, "Dear Anna");
}

static void
test_f86_program_stands_in_for_the_printer (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) message = tell (fixture, HERALD_KIND_TEST, "", "user=x");
  g_autofree char *mail = write_mail (message);

  assert_tells (message, "Message sent from: OctoHerald");
  g_assert_true (g_str_has_prefix (mail, "From: OctoHerald <herald@example.org>\r\n"));
}

static void
test_f88_start_and_upload_tell_file_and_storage (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  const char *known = "file=cube|path=toys/cube.gcode|origin=sdcard|user=anna";
  g_autoptr(HeraldMessage) start = tell (fixture, HERALD_KIND_PRINT_STARTED, "MK4", known);
  g_autoptr(HeraldMessage) upload = tell (fixture, HERALD_KIND_FILE_UPLOADED, "MK4", known);

  assert_tells (start, "File: toys/cube.gcode");
  assert_tells (start, "Storage: sdcard");
  assert_tells (upload, "File: toys/cube.gcode");
  assert_tells (upload, "Storage: sdcard");
}

static void
test_f88_end_tells_how_long_it_took (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  const char *known = "file=cube|path=cube.gcode|time_formatted=01:47:37|reason=error";
  g_autoptr(HeraldMessage) done = tell (fixture, HERALD_KIND_PRINT_DONE, "MK4", known);
  g_autoptr(HeraldMessage) failed = tell (fixture, HERALD_KIND_PRINT_FAILED, "MK4", known);

  assert_tells (done, "✅ cube is done after 01:47:37.");
  assert_tells (failed, "❌ cube failed after 01:47:37.");
  assert_tells (failed, "Reason: error");
  assert_tells (failed, "File: cube.gcode");
}

static void
test_f88_pause_and_cancel_tell_who_and_when (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  const char *known = "file=cube|path=cube.gcode|user=anna";
  g_autoptr(HeraldMessage) paused = tell (fixture, HERALD_KIND_PRINT_PAUSED, "MK4", known);
  g_autoptr(HeraldMessage) resumed = tell (fixture, HERALD_KIND_PRINT_RESUMED, "MK4", known);
  g_autoptr(HeraldMessage) cancelled = tell (fixture, HERALD_KIND_PRINT_CANCELLED, "MK4", known);
  g_autofree char *clock = herald_text_format_time_of_day (paused->occurred_ms);

  assert_tells (paused, "Paused by: anna");
  assert_tells (resumed, "Resumed by: anna");
  assert_tells (cancelled, "Cancelled by: anna");
  assert_tells (cancelled, "File: cube.gcode");
  g_assert_nonnull (strstr (strstr (paused->text, "When: "), clock));
  g_assert_nonnull (strstr (strstr (resumed->text, "When: "), clock));
}

/* That the owner stands in for the user is in test-event-values. */
static void
test_f89_nobody_is_the_system (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) paused = tell (fixture, HERALD_KIND_PRINT_PAUSED, "MK4", "file=cube");
  g_autoptr(HeraldMessage) cancelled = tell (fixture, HERALD_KIND_PRINT_CANCELLED, "MK4", "file=cube");

  assert_tells (paused, "Paused by: System");
  assert_tells (cancelled, "Cancelled by: System");
}

static void
test_f90_subject_of_progress_has_percent_and_time (Fixture       *fixture,
                                                   gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) message = tell (fixture, HERALD_KIND_PRINT_PROGRESS, "MK4",
                                           "file=cube|path=toys/cube.gcode|progress=42|remaining_formatted=01:02:25");

  g_assert_cmpstr (message->title, ==, "MK4: 42 % done, 01:02:25 to go");
  assert_tells (message, "File: toys/cube.gcode");
}

/* Words of another program are its own. */
static void
test_what_is_handed_over_is_sent_as_it_is (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr(HeraldMessage) message = tell (fixture, HERALD_KIND_CUSTOM, "", "title=Hello|text=World");

  g_assert_cmpstr (message->text, ==, "World");
}

static void
test_words_have_no_mistakes_and_no_traces (void)
{
  static const char *const traces[] = { "  ", " .", " ,", " \n", "..", "{", "}", "|", "\n\n\n" };

  for (guint i = 0; i < HERALD_KIND_CUSTOM; i++)
    {
      HeraldEventKind kind = (HeraldEventKind) i;
      g_autofree char *title = herald_mail_words_dup_title (kind);
      g_autofree char *text = herald_mail_words_dup_text (kind);
      g_auto(GStrv) title_problems = herald_template_check (title, kind);
      g_auto(GStrv) text_problems = herald_template_check (text, kind);
      g_autoptr(HeraldValues) nothing = herald_values_new ();
      g_autoptr(HeraldValues) values = herald_wording_complete_values (kind, nothing, "MK4", 0);
      g_autoptr(HeraldWords) words = herald_words_new (herald_text_form_find ("email"), title, text, values);

      g_assert_cmpstr (title_problems[0], ==, NULL);
      g_assert_cmpstr (text_problems[0], ==, NULL);
      for (gsize j = 0; j < G_N_ELEMENTS (traces); j++)
        if (strstr (words->text, traces[j]) != NULL)
          g_test_fail_printf ("%s: “%s”", herald_event_kind_get_info (kind)->id, words->text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/mail-words/f84-subject", test_f84_subject_is_printer_and_title);
  add ("/mail-words/f85-last-line", test_f85_last_line_says_who_sends_it);
  add ("/mail-words/f85-own-words", test_f85_own_words_are_all_that_is_said);
  add ("/mail-words/f85-own-words-here-and-there", test_f85_own_words_for_one_printer_or_for_mails);
  add ("/mail-words/f86-no-printer", test_f86_program_stands_in_for_the_printer);
  add ("/mail-words/f88-file", test_f88_start_and_upload_tell_file_and_storage);
  add ("/mail-words/f88-end", test_f88_end_tells_how_long_it_took);
  add ("/mail-words/f88-who", test_f88_pause_and_cancel_tell_who_and_when);
  add ("/mail-words/f89-nobody", test_f89_nobody_is_the_system);
  add ("/mail-words/f90-progress", test_f90_subject_of_progress_has_percent_and_time);
  add ("/mail-words/custom", test_what_is_handed_over_is_sent_as_it_is);
  g_test_add_func ("/mail-words/no-mistakes", test_words_have_no_mistakes_and_no_traces);
#undef add

  return g_test_run ();
}
