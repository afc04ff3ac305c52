/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-phones"

#include "outbox-fixture.h"

#include "core/base/error.h"

static void
leave_in_doubt (Fixture         *fixture,
                HeraldEventKind  kind,
                const char      *form)
{
  fixture->channel->form = form;
  fixture->channel->code = HERALD_ERROR_AMBIGUOUS;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, kind, "a");
  for (guint i = 0; i < 3; i++)
    {
      fixture_spin ();
      herald_outbox_resume (fixture->outbox, "one");
    }
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_PROBABLE);
}

static void
test_sms_in_doubt_is_not_sent_again (Fixture       *fixture,
                                     gconstpointer  data)
{
  leave_in_doubt (fixture, HERALD_KIND_PRINT_DONE, "sms");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
test_urgent_sms_in_doubt_is_sent_once_more (Fixture       *fixture,
                                            gconstpointer  data)
{
  leave_in_doubt (fixture, HERALD_KIND_PRINT_FAILED, "sms");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

static void
test_mail_in_doubt_is_sent_once_more (Fixture       *fixture,
                                      gconstpointer  data)
{
  leave_in_doubt (fixture, HERALD_KIND_PRINT_DONE, "email");
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

/* The program dies while the server has the message: the same rule after the next start. */
static void
test_death_counts_as_doubt (Fixture       *fixture,
                            gconstpointer  data)
{
  HeraldEventKind kind = (HeraldEventKind) GPOINTER_TO_INT (data);
  gboolean is_urgent = kind == HERALD_KIND_PRINT_FAILED;

  fixture->channel->form = "sms";
  fixture->channel->code = -2;
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, kind, "a");
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_COMMITTING);
  fixture_close (fixture);
  fixture->channel->code = -1;
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, is_urgent ? HERALD_DELIVERY_DELIVERED : HERALD_DELIVERY_PROBABLE);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, is_urgent ? 2 : 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/phones/doubt", NULL, test_sms_in_doubt_is_not_sent_again);
  FIXTURE_ADD ("/outbox/phones/urgent", NULL, test_urgent_sms_in_doubt_is_sent_once_more);
  FIXTURE_ADD ("/outbox/phones/mail", NULL, test_mail_in_doubt_is_sent_once_more);
  FIXTURE_ADD ("/outbox/phones/death", GINT_TO_POINTER (HERALD_KIND_PRINT_DONE), test_death_counts_as_doubt);
  FIXTURE_ADD ("/outbox/phones/death-urgent", GINT_TO_POINTER (HERALD_KIND_PRINT_FAILED),
               test_death_counts_as_doubt);

  return g_test_run ();
}
