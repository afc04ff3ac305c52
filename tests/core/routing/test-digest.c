/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-digest"

#include "core/routing/digest.h"

#include <locale.h>
#include <string.h>

#include "core/outbox/fake-channel.h"
#include "core/words/text-form.h"
#include "core/words/text-links.h"

typedef struct
{
  FakeChannel *channel;
  GPtrArray *parts;
  gint64 now_ms;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->channel = fake_channel_new ("one");
  fixture->channel->form = "x";
  fixture->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_delivery_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->parts);
  g_assert_finalize_object (fixture->channel);
}

static void
add (Fixture    *fixture,
     const char *printer,
     const char *title)
{
  HeraldDelivery *part = herald_delivery_new ();
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_DONE, .printer = (char *) printer, .printer_name = (char *) printer,
                            .title = (char *) title, .text = (char *) "text", .created_ms = fixture->now_ms };

  part->message = herald_message_new (&content);
  g_ptr_array_add (fixture->parts, part);
}

static HeraldDraft *
word (Fixture *fixture)
{
  return herald_digest_word (HERALD_CHANNEL (fixture->channel), "somebody", fixture->parts, NULL);
}

static void
assert_words (Fixture    *fixture,
              const char *title,
              const char *text)
{
  g_autoptr(HeraldDraft) draft = word (fixture);

  g_assert_cmpstr (draft->message->title, ==, title);
  g_assert_cmpstr (draft->message->text, ==, text);
}

static void
test_messages_of_a_printer_are_told_together (Fixture       *fixture,
                                              gconstpointer  data)
{
  add (fixture, "Bench", "Bench: print started");
  add (fixture, "Bench", "Bench: 25 %");
  assert_words (fixture, "2 messages about Bench", "2 messages about Bench: print started, 25 % (00:00)");
}

/* As French and Japanese write it */
static void
test_name_is_not_told_twice_in_other_languages (Fixture       *fixture,
                                                gconstpointer  data)
{
  add (fixture, "Bench", "Bench : impression démarrée");
  add (fixture, "Bench", "Bench\302\240: 25 %");
  add (fixture, "Bench", "Bench：完了");
  add (fixture, "Bench", "Bench 2 is another one: done");
  assert_words (fixture, "4 messages about Bench",
                "4 messages about Bench: impression démarrée, 25 %, 完了, Bench 2 is another one: done (00:00)");
}

static void
test_printers_are_told_one_after_the_other (Fixture       *fixture,
                                            gconstpointer  data)
{
  add (fixture, "Bench", "Bench: 25 %");
  add (fixture, "MK3", "MK3: print finished");
  add (fixture, "Bench", "Bench: print finished");
  assert_words (fixture, "3 messages about 2 printers",
                "3 messages about 2 printers: Bench: 25 %, print finished; MK3: print finished (00:00)");
}

static void
test_what_concerns_no_printer_is_told_by_its_title (Fixture       *fixture,
                                                    gconstpointer  data)
{
  add (fixture, NULL, "Backup done");
  add (fixture, NULL, "Disk full");
  assert_words (fixture, "2 messages", "2 messages: Backup done, Disk full (00:00)");
}

/* Then the newest of each printer, and at last not all printers */
static void
test_what_does_not_fit_is_told_shorter (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(HeraldDraft) draft = NULL;
  g_autoptr(HeraldDraft) shorter = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *title = g_strdup_printf ("Bench: %u %% of a long print", i);

      add (fixture, "Bench", title);
    }
  add (fixture, "MK3", "MK3: done");
  draft = word (fixture);
  g_assert_cmpstr (draft->message->text, ==,
                   "13 messages about 2 printers: Bench: 11 % of a long print; MK3: done (00:00)");

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("Printer %u", i);

      add (fixture, name, "print finished");
    }
  shorter = word (fixture);
  g_assert_true (g_str_has_prefix (shorter->message->text, "53 messages about 42 printers: Bench: 11 % of a long print; "));
  g_assert_nonnull (strstr (shorter->message->text, "; and "));
  g_assert_cmpuint (herald_text_length_count (shorter->message->text, HERALD_UNIT_WEIGHTED), <=, 280);
}

/* X refuses the same text twice. */
static void
test_the_same_another_time_is_another_post (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr(HeraldDraft) first = NULL;
  g_autoptr(HeraldDraft) second = NULL;

  add (fixture, "Bench", "Bench: print started");
  add (fixture, "MK3", "MK3: print started");
  first = word (fixture);
  fixture->now_ms = (14 * 60 + 2) * 60 * 1000;
  g_ptr_array_set_size (fixture->parts, 0);
  add (fixture, "Bench", "Bench: print started");
  add (fixture, "MK3", "MK3: print started");
  second = word (fixture);
  g_assert_cmpstr (first->message->text, !=, second->message->text);
  g_assert_true (g_str_has_suffix (second->message->text, "print started (14:02)"));
}

static void
test_names_are_no_links_and_cost_none (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(HeraldDraft) draft = NULL;
  g_autoptr(GArray) links = NULL;

  add (fixture, "cube.st", "cube.st: part.py is done");
  add (fixture, "@anna", "@anna: part.py is done");
  draft = word (fixture);
  links = herald_text_links_find (draft->message->text);
  g_assert_cmpuint (links->len, ==, 0);
  g_assert_null (strstr (draft->message->text, "@a"));
  g_assert_cmpint (draft->price, ==, 15000);
}

static void
test_it_fits_phones (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(HeraldDraft) draft = NULL;

  fixture->channel->form = "sms";
  for (guint i = 0; i < 30; i++)
    add (fixture, "Bench", "Bench: 🎉 finished “early”");
  draft = word (fixture);
  g_assert_cmpstr (draft->message->text, ==, "30 messages about Bench: finished \"early\"");
}

#define ADD(path, test) g_test_add ("/digest/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  ADD ("one-printer", test_messages_of_a_printer_are_told_together);
  ADD ("colons", test_name_is_not_told_twice_in_other_languages);
  ADD ("printers", test_printers_are_told_one_after_the_other);
  ADD ("no-printer", test_what_concerns_no_printer_is_told_by_its_title);
  ADD ("shorter", test_what_does_not_fit_is_told_shorter);
  ADD ("another-time", test_the_same_another_time_is_another_post);
  ADD ("harmless", test_names_are_no_links_and_cost_none);
  ADD ("phones", test_it_fits_phones);

  return g_test_run ();
}
