/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-letter"

#include "core/channels/email/email-letter.h"

#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/email-channel.h"
#include "letter-fixture.h"

#define FILM_BYTES (15 * 1024 * 1024)

/* With 10 ms of work in each round of the loop there would be this few of them. */
#define ROUNDS_MIN 10

typedef struct
{
  GBytes *mail;
  GError *error;
  gboolean is_over;
  guint n_rounds;
  gint64 longest_us;
} Writing;

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Writing *writing = user_data;

  writing->mail = herald_email_letter_write_finish (HERALD_CHANNEL (object), result, &writing->error);
  writing->is_over = TRUE;
}

/* "name=value|name=value" */
static HeraldChannel *
make_channel (const char *known)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_auto(GStrv) pairs = g_strsplit (known, "|", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto(GStrv) parts = g_strsplit (*pair, "=", 2);

      herald_values_set (settings, parts[0], parts[1]);
    }

  return herald_channel_new (&herald_email_channel_type, "mail", settings, secrets);
}

static HeraldAttempt *
make_attempt (const char *destination,
              GBytes     *film)
{
  g_autoptr(HeraldMessage) message = letter_make_message ("MK4: print finished", "cube is done.");
  HeraldAttempt *attempt = herald_attempt_new (message, destination, "0123456789abcdef", NULL, NULL);
  HeraldAttachment content = {
    .path = (char *) "/nowhere",
    .media_type = (char *) "video/mp4",
    .suffix = (char *) "mp4",
    .bytes = film,
  };

  if (film != NULL)
    herald_attempt_take_attachment (attempt, herald_attachment_new (&content));
  herald_attempt_take_thread (attempt, g_strdup ("fedcba9876543210"));

  return attempt;
}

static void
write_and_watch (Writing       *writing,
                 HeraldChannel *channel,
                 HeraldAttempt *attempt,
                 const char    *sender)
{
  gint64 before_us = g_get_monotonic_time ();

  *writing = (Writing) { 0 };
  herald_email_letter_write_async (channel, attempt, sender, NULL, NULL, on_written, writing);
  while (!writing->is_over)
    {
      gint64 now_us = g_get_monotonic_time ();

      writing->longest_us = MAX (writing->longest_us, now_us - before_us);
      before_us = now_us;
      writing->n_rounds++;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (100);
    }
}

static char *
write_for (const char *settings,
           const char *destination)
{
  g_autoptr(HeraldChannel) channel = make_channel (settings);
  g_autoptr(HeraldAttempt) attempt = make_attempt (destination, NULL);
  g_autoptr(GBytes) mail = NULL;
  Writing writing;
  gsize length = 0;
  const char *data;

  write_and_watch (&writing, channel, attempt, "herald@example.org");
  g_assert_no_error (writing.error);
  mail = writing.mail;
  data = g_bytes_get_data (mail, &length);

  return g_strndup (data, length);
}

static void
test_film_does_not_hold_the_loop (void)
{
  g_autoptr(HeraldChannel) channel = make_channel ("to=anna@example.org");
  g_autoptr(GBytes) film = g_bytes_new_take (g_malloc0 (FILM_BYTES), FILM_BYTES);
  g_autoptr(HeraldAttempt) attempt = make_attempt ("anna@example.org", film);
  gint64 start_us = g_get_monotonic_time ();
  Writing writing;

  write_and_watch (&writing, channel, attempt, "herald@example.org");
  g_assert_no_error (writing.error);
  g_assert_cmpuint (g_bytes_get_size (writing.mail), >, FILM_BYTES / 3 * 4);
  g_test_message ("15 MB in %" G_GINT64_FORMAT " ms, %u rounds, the longest %" G_GINT64_FORMAT " µs",
                  (g_get_monotonic_time () - start_us) / 1000, writing.n_rounds, writing.longest_us);
  g_assert_cmpuint (writing.n_rounds, >, ROUNDS_MIN);
  g_bytes_unref (writing.mail);
}

/* Who gets a hidden copy is in the envelope alone. */
static void
test_hidden_copy_is_the_same_mail (void)
{
  static const char settings[] = "to=anna@example.org|cc=bob@example.org|bcc=boss@example.org";
  g_autofree char *seen = write_for (settings, "anna@example.org");
  g_autofree char *hidden = write_for (settings, "boss@example.org");

  g_assert_cmpstr (seen, ==, hidden);
  g_assert_null (strstr (seen, "boss"));
  g_assert_null (strstr (seen, "Bcc"));
}

static void
test_settings_shape_the_letter (void)
{
  g_autofree char *plain = write_for ("to=anna@example.org", "anna@example.org");
  g_autofree char *html = write_for ("to=anna@example.org|html=true", "anna@example.org");
  g_autofree char *print = write_for ("to=anna@example.org|subject=print", "anna@example.org");
  g_autofree char *named = write_for ("to=anna@example.org|from-name=Workshop", "anna@example.org");

  g_assert_nonnull (strstr (plain, "\r\nSubject: MK4: print finished\r\n"));
  g_assert_nonnull (strstr (plain, "\r\nReferences: <fedcba9876543210@example.org>\r\n"));
  g_assert_true (g_str_has_prefix (plain, "From: MK4 <herald@example.org>\r\n"));
  g_assert_nonnull (strstr (html, "multipart/alternative"));
  g_assert_nonnull (strstr (print, "\r\nSubject: MK4: cube.gcode\r\n"));
  g_assert_true (g_str_has_prefix (named, "From: Workshop <herald@example.org>\r\n"));
}

static void
test_phone_does_not_hear_of_others (void)
{
  g_autofree char *mail = write_for ("to=1@sms.example, 2@sms.example|sms=true", "2@sms.example");

  g_assert_nonnull (strstr (mail, "\r\nTo: 2@sms.example\r\n"));
  g_assert_null (strstr (mail, "1@sms"));
}

static gpointer
write_many (gpointer user_data)
{
  GBytes *expected = user_data;
  HeraldEmailHeader header = letter_header;

  header.to = "Änne <a@grün.example>, \"b,c\"@example.org";
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(GBytes) mail = letter_write (&header, "Grüße 🎉", "漢字\nx", "image/jpeg");

      g_assert_true (expected == NULL || g_bytes_equal (mail, expected));
      if (expected == NULL)
        return g_steal_pointer (&mail);
    }

  return NULL;
}

/* Several channels may have a film to send, while the loop reads addresses. */
static void
test_letters_are_written_side_by_side (void)
{
  g_autoptr(GBytes) expected = write_many (NULL);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("letter", write_many, expected);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_nobody_sends_no_letter (void)
{
  g_autoptr(HeraldChannel) channel = make_channel ("to=anna@example.org");
  g_autoptr(HeraldAttempt) attempt = make_attempt ("anna@example.org", NULL);
  Writing writing;

  write_and_watch (&writing, channel, attempt, NULL);
  g_assert_error (writing.error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_null (writing.mail);
  g_clear_error (&writing.error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-letter/film", test_film_does_not_hold_the_loop);
  g_test_add_func ("/email-letter/hidden-copy", test_hidden_copy_is_the_same_mail);
  g_test_add_func ("/email-letter/settings", test_settings_shape_the_letter);
  g_test_add_func ("/email-letter/phone", test_phone_does_not_hear_of_others);
  g_test_add_func ("/email-letter/side-by-side", test_letters_are_written_side_by_side);
  g_test_add_func ("/email-letter/no-sender", test_nobody_sends_no_letter);

  return g_test_run ();
}
