/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-email-allowance"

#include "core/channels/email/email-channel.h"

/* @settings: "name=value|name=value" */
static guint
get_per_day (const char *settings)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(HeraldChannel) channel = NULL;
  g_auto(GStrv) pairs = g_strsplit (settings, "|", -1);
  HeraldAllowance allowance;

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto(GStrv) halves = g_strsplit (*pair, "=", 2);

      herald_values_set (values, halves[0], halves[1]);
    }
  channel = herald_channel_new (&herald_email_channel_type, "mail", values, secrets);
  herald_channel_get_allowance (channel, &allowance);
  g_assert_cmpuint (allowance.per_quarter_hour, ==, 0);
  g_assert_cmpint (allowance.day_microdollars, ==, 0);
  g_assert_cmpint (allowance.month_microdollars, ==, 0);

  return allowance.per_day;
}

static void
test_mails_have_no_bounds_unless_somebody_sets_some (void)
{
  g_assert_cmpuint (get_per_day ("to=anna@example.org"), ==, 0);
  g_assert_cmpuint (get_per_day ("to=anna@example.org|messages-per-day=20"), ==, 20);
  g_assert_cmpuint (get_per_day ("to=anna@example.org, bob@example.org|messages-per-day=20"), ==, 40);
}

static void
test_a_phone_gets_ten_a_day_unless_somebody_sets_another_number (void)
{
  g_assert_cmpuint (get_per_day ("to=5550100@sms.example|sms=true"), ==, 10);
  g_assert_cmpuint (get_per_day ("to=5550100@sms.example, 5550101@sms.example|sms=true"), ==, 20);
  g_assert_cmpuint (get_per_day ("to=5550100@sms.example|sms=true|messages-per-day=3"), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/email-allowance/mails", test_mails_have_no_bounds_unless_somebody_sets_some);
  g_test_add_func ("/email-allowance/phones", test_a_phone_gets_ten_a_day_unless_somebody_sets_another_number);

  return g_test_run ();
}
