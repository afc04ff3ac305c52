/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-cancel-beside"

#include "smtp-sending.h"

#include "core/base/error.h"
#include "fixtures/scripted-smtp.h"

#define OK "250 ok\r\n"
#define TAKEN OK, OK, "354 go\r\n", OK
#define CONNECTION "220 mx\r\n", "250-mx\r\n250 AUTH PLAIN\r\n", "235 ok\r\n", TAKEN, TAKEN, TAKEN, TAKEN, SCRIPTED_SMTP_HANG_UP

/* More than a client has at once, so that some wait for a session */
#define N_MESSAGES 6

static const char *const script[] = {
  CONNECTION, CONNECTION, CONNECTION, CONNECTION, CONNECTION, CONNECTION, CONNECTION, CONNECTION, NULL
};

static void
begin (Sending          *sending,
       HeraldSmtpClient *client,
       guint16           port,
       const char       *user,
       GCancellable     *cancellable)
{
  const HeraldSmtpAccount account = {
    .host = (char *) "127.0.0.1",
    .port = port,
    .security = HERALD_SMTP_PLAIN,
    .user = (char *) user,
    .password = (char *) "secret",
  };

  sending_begin (sending, client, &account, cancellable);
}

/* Returns whether there was something left to be interrupted. */
static gboolean
take_turns (guint    n_turns,
            Sending *last)
{
  gboolean has_gone_on = TRUE;

  for (guint i = 0; i < n_turns && has_gone_on; i++)
    {
      g_main_context_iteration (NULL, TRUE);
      has_gone_on = !last->over;
    }

  return has_gone_on;
}

static void
assert_rest_ok (Sending *sendings,
                guint    n_sendings)
{
  for (guint i = 0; i < n_sendings; i++)
    {
      sending_assert_ok (&sendings[i]);
      sending_clear (&sendings[i]);
    }
}

static void
let_go (HeraldSmtpClient *client)
{
  gpointer watched = client;

  g_object_add_weak_pointer (G_OBJECT (client), &watched);
  g_object_unref (client);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* All but the first and the last are given up: while they wait, are opened, are under way. */
static gboolean
give_up_after (HeraldSmtpClient *client,
               guint             n_turns)
{
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  guint16 port = scripted_smtp_get_port (server);
  Sending sendings[N_MESSAGES] = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gboolean has_gone_on;

  for (guint i = 0; i < N_MESSAGES; i++)
    begin (&sendings[i], client, port, "ada", i > 0 && i < N_MESSAGES - 1 ? cancellable : NULL);
  has_gone_on = take_turns (n_turns, &sendings[N_MESSAGES - 1]);
  g_cancellable_cancel (cancellable);

  for (guint i = 1; i < N_MESSAGES - 1; i++)
    {
      sending_wait (&sendings[i]);
      if (sendings[i].reply == NULL)
        g_assert_error (sendings[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      sending_clear (&sendings[i]);
    }
  assert_rest_ok (&sendings[0], 1);
  assert_rest_ok (&sendings[N_MESSAGES - 1], 1);

  return has_gone_on;
}

/* It is the same client all the time: a place that is not given back is missing soon. */
static void
test_place_of_what_is_given_up_is_free_again (void)
{
  HeraldSmtpClient *client = herald_smtp_client_new ();
  guint n_turns = 0;

  while (give_up_after (client, n_turns))
    n_turns++;

  g_test_message ("given up after 0 to %u turns", n_turns);
  g_assert_cmpuint (n_turns, >, 5);
  let_go (client);
}

static gboolean
change_account_after (HeraldSmtpClient *client,
                      guint             n_turns)
{
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  guint16 port = scripted_smtp_get_port (server);
  Sending sendings[N_MESSAGES] = { 0 };
  gboolean has_gone_on;

  for (guint i = 0; i < N_MESSAGES - 1; i++)
    begin (&sendings[i], client, port, "ada", NULL);
  has_gone_on = take_turns (n_turns, &sendings[N_MESSAGES - 2]);
  begin (&sendings[N_MESSAGES - 1], client, port, "bob", NULL);
  assert_rest_ok (sendings, N_MESSAGES);

  return has_gone_on;
}

/* Messages of the account before are not lost with it, and none goes by the wrong one. */
static void
test_account_changes_at_any_turn (void)
{
  HeraldSmtpClient *client = herald_smtp_client_new ();
  guint n_turns = 0;

  while (change_account_after (client, n_turns))
    n_turns++;

  g_test_message ("changed after 0 to %u turns", n_turns);
  g_assert_cmpuint (n_turns, >, 5);
  let_go (client);
}

static gboolean
let_go_after (guint n_turns)
{
  g_autoptr(ScriptedSmtp) server = scripted_smtp_new (script);
  HeraldSmtpClient *client = herald_smtp_client_new ();
  Sending sendings[N_MESSAGES] = { 0 };
  gboolean has_gone_on;

  for (guint i = 0; i < N_MESSAGES; i++)
    begin (&sendings[i], client, scripted_smtp_get_port (server), "ada", NULL);
  has_gone_on = take_turns (n_turns, &sendings[N_MESSAGES - 1]);
  let_go (client);
  assert_rest_ok (sendings, N_MESSAGES);

  return has_gone_on;
}

/* What was begun is brought to its end, and then nothing is left of the client. */
static void
test_client_is_let_go_at_any_turn (void)
{
  guint n_turns = 0;

  while (let_go_after (n_turns))
    n_turns++;

  g_test_message ("let go after 0 to %u turns", n_turns);
  g_assert_cmpuint (n_turns, >, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-cancel-beside/place", test_place_of_what_is_given_up_is_free_again);
  g_test_add_func ("/smtp-cancel-beside/account", test_account_changes_at_any_turn);
  g_test_add_func ("/smtp-cancel-beside/let-go", test_client_is_let_go_at_any_turn);

  return g_test_run ();
}
