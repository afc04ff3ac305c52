/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-recipients"

#include "core/channels/email/email-recipients.h"

#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/email-channel.h"

/* Settings as they are typed: “to=…” one after the other, ended by NULL */
static HeraldValues *
make_settings (const char *first,
               ...)
{
  HeraldValues *settings = herald_values_new ();
  va_list words;

  herald_values_set (settings, "host", "127.0.0.1");
  herald_values_set (settings, "from", "herald@example.org");
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    {
      g_auto(GStrv) parts = g_strsplit (word, "=", 2);

      herald_values_set (settings, parts[0], parts[1]);
    }
  va_end (words);

  return settings;
}

static char *
join_destinations (HeraldValues *settings)
{
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldChannel) channel = herald_channel_new (&herald_email_channel_type, "mail", settings, secrets);
  g_auto(GStrv) destinations = herald_channel_dup_destinations (channel);

  return g_strjoinv (" ", destinations);
}

static void
assert_destinations (HeraldValues *take_settings,
                     const char   *destinations)
{
  g_autoptr(HeraldValues) settings = take_settings;
  g_autofree char *found = join_destinations (settings);
  g_autoptr(GError) error = NULL;

  g_assert_true (herald_channel_type_check (&herald_email_channel_type, settings, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, destinations);
}

/* The sentence must say what to put right. */
static void
assert_refused (HeraldValues *take_settings,
                const char   *word)
{
  g_autoptr(HeraldValues) settings = take_settings;
  g_autoptr(GError) error = NULL;

  g_assert_false (herald_channel_type_check (&herald_email_channel_type, settings, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_f82_recipient_from_number_and_carrier (void)
{
  assert_destinations (make_settings ("sms=true", "phone=+1 (555) 123-4567", "gateway=verizon", NULL),
                       "5551234567@vtext.com");
  assert_destinations (make_settings ("sms=true", "phone=555 123 4567, 555-123-4568", "gateway=Google-Fi", NULL),
                       "5551234567@msg.fi.google.com 5551234568@msg.fi.google.com");
  assert_destinations (make_settings ("sms=true", "phone=0171/1234567,", "gateway=sms.example.org", NULL),
                       "01711234567@sms.example.org");
  assert_destinations (make_settings ("sms=true", "to=5551234567@vtext.com", NULL), "5551234567@vtext.com");
  assert_destinations (make_settings ("to=user@host.example", NULL), "user@host.example");
}

static void
test_f83_further_recipients_as_people_part_them (void)
{
  assert_destinations (make_settings ("to=a@example.org", "cc=b@example.org , c@example.org,", "bcc=d@example.org", NULL),
                       "a@example.org b@example.org c@example.org d@example.org");
  assert_destinations (make_settings ("to=a@example.org", "cc=b@example.org c@example.org; d@example.org\te@example.org",
                                      NULL),
                       "a@example.org b@example.org c@example.org d@example.org e@example.org");
  assert_destinations (make_settings ("to=Ada Lovelace <a@example.org>, \"B, C\" <b@example.org>", NULL),
                       "a@example.org b@example.org");
  assert_destinations (make_settings ("to=a@example.org,A@example.org", NULL), "a@example.org");
  assert_destinations (make_settings ("sms=true", "phone=5551234567", "gateway=verizon", "cc=maker@example.org", NULL),
                       "5551234567@vtext.com maker@example.org");
}

static void
test_f83_new_lines_part_recipients (void)
{
  assert_destinations (make_settings ("to=a@example.org", "cc=b@example.org\nc@example.org\r\n", NULL),
                       "a@example.org b@example.org c@example.org");
}

static void
test_mms_uses_its_own_domain (void)
{
  assert_destinations (make_settings ("sms=true", "mms=true", "phone=5551234567", "gateway=verizon", NULL),
                       "5551234567@vzwpix.com");
  assert_destinations (make_settings ("sms=true", "mms=true", "phone=5551234567", "gateway=vtext.com", NULL),
                       "5551234567@vtext.com");
}

static void
test_mms_takes_a_small_picture_and_sms_none (void)
{
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldValues) sms = make_settings ("sms=true", "to=5551234567@vtext.com", NULL);
  g_autoptr(HeraldValues) mms = make_settings ("sms=true", "mms=true", "to=5551234567@vzwpix.com", NULL);
  g_autoptr(HeraldChannel) channel = herald_channel_new (&herald_email_channel_type, "mail", sms, secrets);
  const HeraldPictureForm *form;

  g_assert_null (herald_channel_get_picture_form (channel));

  herald_channel_set_settings (channel, mms);
  form = herald_channel_get_picture_form (channel);
  g_assert_nonnull (form);
  g_assert_cmpuint (form->max_bytes, <=, 300 * 1024);
  g_assert_cmpuint (form->max_side, <=, 1024);
  g_assert_cmpuint (form->film_max_bytes, ==, 0);
  g_assert_cmpstr (herald_channel_get_form (channel), ==, "sms");
}

static void
test_what_does_not_fit_together_is_refused (void)
{
  assert_refused (make_settings ("to=a@example.org", "phone=5551234567", "gateway=verizon", NULL), "sms=true");
  assert_refused (make_settings ("to=a@example.org", "mms=true", NULL), "sms=true");
  assert_refused (make_settings ("sms=true", "phone=5551234567", NULL), "gateway");
  assert_refused (make_settings ("sms=true", "gateway=verizon", NULL), "phone");
  assert_refused (make_settings ("sms=true", "phone=5551234567", "gateway=pigeon", NULL), "pigeon");
  assert_refused (make_settings ("sms=true", "phone=5551234567", "gateway=a b.example", NULL), "a b.example");
  assert_refused (make_settings ("sms=true", "phone=5551234567", "gateway=evil@example.org", NULL), "evil@example.org");
  assert_refused (make_settings ("sms=true", "phone=12", "gateway=verizon", NULL), "12");
  assert_refused (make_settings ("sms=true", "phone= , ", "gateway=verizon", NULL), "to");
  assert_refused (make_settings ("sms=true", "mms=true", "phone=5551234567", "gateway=c-spire", NULL), "C Spire");
  assert_refused (make_settings ("sms=true", NULL), "to");
  assert_refused (make_settings ("to=@", NULL), "to");
}

static void
test_carrier_that_has_ended_is_refused_unless_typed_out (void)
{
  g_autoptr(HeraldValues) typed = make_settings ("sms=true", "phone=5551234567", "gateway=txt.att.net", NULL);
  g_autofree char *doubt = herald_email_recipients_dup_doubt (typed);

  assert_refused (make_settings ("sms=true", "phone=5551234567", "gateway=att", NULL), "gateway=txt.att.net");
  assert_destinations (g_hash_table_ref (typed), "5551234567@txt.att.net");
  g_assert_nonnull (strstr (doubt, "AT&T"));
}

static void
test_doubt_names_the_end (void)
{
  g_autoptr(HeraldValues) ending = make_settings ("sms=true", "phone=5551234567", "gateway=verizon", NULL);
  g_autoptr(HeraldValues) unknown = make_settings ("sms=true", "phone=5551234567", "gateway=boost", NULL);
  g_autoptr(HeraldValues) works = make_settings ("sms=true", "phone=5551234567", "gateway=google-fi", NULL);
  g_autofree char *of_ending = herald_email_recipients_dup_doubt (ending);
  g_autofree char *of_unknown = herald_email_recipients_dup_doubt (unknown);

  g_assert_nonnull (strstr (of_ending, "2027-03-31"));
  g_assert_nonnull (strstr (of_unknown, "not known"));
  g_assert_null (herald_email_recipients_dup_doubt (works));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email-recipients/f82-number-and-carrier", test_f82_recipient_from_number_and_carrier);
  g_test_add_func ("/email-recipients/f83-further-recipients", test_f83_further_recipients_as_people_part_them);
  g_test_add_func ("/email-recipients/f83-new-lines", test_f83_new_lines_part_recipients);
  g_test_add_func ("/email-recipients/mms-domain", test_mms_uses_its_own_domain);
  g_test_add_func ("/email-recipients/mms-picture", test_mms_takes_a_small_picture_and_sms_none);
  g_test_add_func ("/email-recipients/refused", test_what_does_not_fit_together_is_refused);
  g_test_add_func ("/email-recipients/ended", test_carrier_that_has_ended_is_refused_unless_typed_out);
  g_test_add_func ("/email-recipients/doubt", test_doubt_names_the_end);

  return g_test_run ();
}
