/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-delay"

#include "core/net/smtp-delay.h"

static void
test_words_of_greylisting_servers (void)
{
  static const struct
  {
    const char *text;
    guint delay_s;
  } rows[] = {
    { "4.2.0 <b@example.org>: Recipient address rejected: Greylisted for 300 seconds", 300 },
    { "4.7.1 Please try again in 5 minutes", 300 },
    { "Greylisting in action, please come back in 00:05:00", 300 },
    { "4.7.1 Try again after 1 hour", 3600 },
    { "please wait 90 secs", 90 },
    { "in 3m", 180 },
    { "You are on the list, 42 seconds remaining", 42 },
    { "Come again, 10 minutes later", 600 },
    { "wait at least 60 seconds", 60 },
    { "Greylisted for 0 seconds", 5 },
    { "for 999999 hours", 24 * 60 * 60 },
    { "Greylisted, see http://postgrey.schweikert.ch/help/example.org.html", 0 },
    { "4.5.3 Too many recipients", 0 },
    { "try again later", 0 },
    { "for 10 messages", 0 },
    { "in 10.0.0.1", 0 },
    { "in \377\376 5 minutes", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (herald_smtp_delay_read (rows[i].text), ==, rows[i].delay_s);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-delay/words", test_words_of_greylisting_servers);

  return g_test_run ();
}
