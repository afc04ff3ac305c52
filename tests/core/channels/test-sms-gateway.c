/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-sms-gateway"

#include "core/channels/email/sms-gateway.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-address.h"

static gboolean
is_date (const char *text)
{
  return g_regex_match_simple ("^20[0-9]{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$", text, 0, 0);
}

/* The table is data from many places: each row is held to what the program relies on. */
static void
test_every_row_is_sound (void)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_gateways;
  const HeraldSmsGateway *gateways = herald_sms_gateway_get_all (&n_gateways);

  g_assert_cmpuint (n_gateways, >=, 35);
  for (guint i = 0; i < n_gateways; i++)
    {
      const HeraldSmsGateway *gateway = &gateways[i];
      g_autofree char *address = g_strconcat ("5551234567@", gateway->sms_domain, NULL);
      g_autofree char *normal = herald_smtp_address_normalize (address, NULL);

      g_assert_true (g_hash_table_add (ids, (gpointer) gateway->id));
      g_assert_true (g_regex_match_simple ("^[a-z0-9-]+$", gateway->id, 0, 0));
      g_assert_cmpuint (strlen (gateway->country), ==, 2);
      g_assert_true (g_regex_match_simple ("^[1-9][0-9]{0,2}$", gateway->calling_code, 0, 0));
      g_assert_cmpstr (normal, ==, address);
      g_assert_true (is_date (gateway->as_of));
      g_assert_true (gateway->ended == NULL || is_date (gateway->ended));
      g_assert_cmpuint (strlen (gateway->source), >, 3);
      /* What works or of which nothing is known has no end. */
      g_assert_true (gateway->ended == NULL || gateway->status == HERALD_SMS_ENDED ||
                     gateway->status == HERALD_SMS_ENDING);
      g_assert_true (herald_sms_gateway_find (gateway->id) == gateway);
      g_assert_cmpstr (herald_sms_gateway_find_domain (gateway->sms_domain)->sms_domain, ==, gateway->sms_domain);
    }
}

/* Only what a source says is said: the large ones as of 2026. */
static void
test_what_ended_is_known (void)
{
  g_assert_cmpint (herald_sms_gateway_find ("att")->status, ==, HERALD_SMS_ENDED);
  g_assert_cmpint (herald_sms_gateway_find ("t-mobile")->status, ==, HERALD_SMS_ENDED);
  g_assert_cmpint (herald_sms_gateway_find ("rogers")->status, ==, HERALD_SMS_ENDED);
  g_assert_cmpint (herald_sms_gateway_find ("verizon")->status, ==, HERALD_SMS_ENDING);
  g_assert_cmpstr (herald_sms_gateway_find ("verizon")->ended, ==, "2027-03-31");
  g_assert_cmpint (herald_sms_gateway_find ("google-fi")->status, ==, HERALD_SMS_WORKS);
  g_assert_null (herald_sms_gateway_find ("nobody"));
  g_assert_null (herald_sms_gateway_find_domain ("example.org"));
}

static const struct
{
  const char *gateway;
  const char *phone;
  const char *number;
} numbers[] = {
  { "verizon", "5551234567", "5551234567" },
  { "verizon", " (555) 123-4567 ", "5551234567" },
  { "verizon", "555.123.4567", "5551234567" },
  { "verizon", "+1 555 123 4567", "5551234567" },
  { "verizon", "1-555-123-4567", "5551234567" },
  { "verizon", "800-OCTO-PUS", "8006286787" },
  { "telus", "+1 (604) 555-0199", "6045550199" },
  { "o2-de", "0171 1234567", "01711234567" },
  { "o2-de", "+49 171 1234567", "01711234567" },
  { "o2-de", "+49 (0) 171 1234567", "01711234567" },
  { "o2-de", "0049 171 1234567", "01711234567" },
  { "t-hr", "091 234 5678", "385912345678" },
  { "plus", "601 234 567", "+48601234567" },
  { "plus", "+48 601 234 567", "+48601234567" },
  { "vodafone-is", "611 1234", "6111234" },
  { NULL, "+44 (7700) 900-123", "447700900123" },
  { NULL, "0044 7700 900123", "00447700900123" },

  { "o2-de", "(+49) 171 1234567", "01711234567" },
  { "o2-de", "(+1) 555 123 4567", NULL },
  { "verizon", "", NULL },
  { "verizon", "555 123", NULL },
  { "verizon", "555 123 45678", NULL },
  { "verizon", "+49 171 1234567", NULL },
  { "o2-de", "+1 555 123 4567", NULL },
  { "verizon", "5551234567@vtext.com", NULL },
  { "verizon", "555+1234567", NULL },
  { "verizon", "555 123 4567\r\nRCPT TO:<x@example.org>", NULL },
  { NULL, "12345", NULL },
  { NULL, "1234567890123456", NULL },
  { NULL, "five", NULL },
  { NULL, "☎ 5551234567", NULL },
};

static void
test_f82_numbers_as_people_write_them (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const HeraldSmsGateway *gateway = numbers[i].gateway != NULL ? herald_sms_gateway_find (numbers[i].gateway) : NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *number = herald_sms_gateway_dup_number (gateway, numbers[i].phone, &error);

      g_test_message ("%s", numbers[i].phone);
      g_assert_cmpstr (number, ==, numbers[i].number);
      if (number == NULL)
        {
          g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
          g_assert_cmpuint (strlen (error->message), >, 20);
        }
      else
        g_assert_no_error (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sms-gateway/every-row-is-sound", test_every_row_is_sound);
  g_test_add_func ("/sms-gateway/what-ended-is-known", test_what_ended_is_known);
  g_test_add_func ("/sms-gateway/f82-numbers-as-people-write-them", test_f82_numbers_as_people_write_them);

  return g_test_run ();
}
