/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-engine-keyring"

#include "core/engine-private.h"

#include "core/base/error.h"
#include "keyring-control.h"

#define ORIGIN "https://example.org:443"

/* A channel that needs a password and then always succeeds */
#define KEYED_TYPE_CHANNEL (keyed_channel_get_type ())
G_DECLARE_FINAL_TYPE (KeyedChannel, keyed_channel, KEYED, CHANNEL, HeraldChannel)

struct _KeyedChannel
{
  HeraldChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (KeyedChannel, keyed_channel, HERALD_TYPE_CHANNEL)

static void
on_lookup_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (source),
                                                               result, &error);

  if (secret != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
keyed_channel_deliver_async (HeraldChannel       *channel,
                             HeraldAttempt       *attempt,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (channel, cancellable, callback, user_data);

  herald_secret_store_lookup_async (herald_channel_get_secret_store (channel), "keyed", "password",
                                    ORIGIN, cancellable, on_lookup_ready, task);
}

static gboolean
keyed_channel_deliver_finish (HeraldChannel  *channel,
                              GAsyncResult   *result,
                              GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
keyed_channel_class_init (KeyedChannelClass *klass)
{
  HERALD_CHANNEL_CLASS (klass)->deliver_async = keyed_channel_deliver_async;
  HERALD_CHANNEL_CLASS (klass)->deliver_finish = keyed_channel_deliver_finish;
}

static void
keyed_channel_init (KeyedChannel *self)
{
}

static void
on_ready (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
put_secret (HeraldSecretStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  herald_secret_store_store_async (store, "keyed", "password", ORIGIN, "s3cret-key", NULL,
                                   on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (herald_secret_store_store_finish (store, result, &error));
  g_assert_no_error (error);
}

/* Asks as somebody would who needs it; it shows that the keyring is open. */
static void
ask_for_secret (HeraldSecretStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *secret = NULL;

  herald_secret_store_lookup_async (store, "keyed", "password", ORIGIN, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  secret = herald_secret_store_lookup_finish (store, result, NULL);
  g_assert_cmpstr (secret, ==, "s3cret-key");
}

static HeraldEngine *
make_engine (const char *directory)
{
  static const HeraldChannelType keyed_type = {
    .id = "keyed",
    .name = "Keyed",
    .get_gtype = keyed_channel_get_type,
  };
  static const HeraldChannelType *const types[] = { &keyed_type, NULL };
  g_autoptr(HeraldValues) channel = herald_values_new ();
  g_autoptr(HeraldValues) printer = herald_values_new ();
  g_autoptr(GError) error = NULL;
  HeraldEngine *engine = herald_engine_new (directory, directory, types, &error);

  g_assert_no_error (error);
  herald_values_set (channel, "type", "keyed");
  herald_values_set (channel, "name", "Keyed");
  g_assert_true (herald_engine_append_channel (engine, "keyed", channel, &error));
  herald_values_set (printer, "name", "MK3");
  herald_values_set (printer, "url", "http://127.0.0.1:9");
  herald_engine_append_printer (engine, "mk3", printer);

  return engine;
}

static guint64
count_held (HeraldEngine *engine)
{
  HeraldLedger ledger;

  herald_outbox_get_ledger (herald_engine_get_outbox (engine), &ledger);
  return ledger.held;
}

static guint64
count_finished (HeraldEngine *engine)
{
  HeraldLedger ledger;

  herald_outbox_get_ledger (herald_engine_get_outbox (engine), &ledger);
  return ledger.finished;
}

static void
wait_until_one (HeraldEngine  *engine,
                guint64      (*count) (HeraldEngine *engine))
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (count (engine) != 1 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (count (engine), ==, 1);
}

static void
test_what_the_keyring_held_goes_on_when_it_opens (void)
{
  const char *locked = herald_secret_store_describe (HERALD_SECRETS_LOCKED);
  g_autofree char *directory = g_dir_make_tmp ("engine-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r %s", directory);
  HeraldEngine *engine = make_engine (directory);
  HeraldSecretStore *store = herald_engine_get_secret_store (engine);
  HeraldPrinter *printer = herald_engine_find_printer (engine, "mk3");
  HeraldChannel *channel = herald_engine_find_channel (engine, "keyed");
  g_autoptr(GError) error = NULL;

  put_secret (store);
  lock_keyring ();
  herald_engine_start (engine);
  g_assert_cmpint (herald_engine_send (engine, HERALD_KIND_TEST, "Title", "Text", "all", NULL, &error), >,
                   0);
  wait_until_one (engine, count_held);
  g_assert_cmpstr (herald_channel_get_problem (channel), ==, locked);
  while (g_strcmp0 (herald_printer_get_problem (printer), locked) != 0)
    g_main_context_iteration (NULL, TRUE);

  unlock_keyring ();
  ask_for_secret (store);
  wait_until_one (engine, count_finished);
  g_assert_null (herald_channel_get_problem (channel));
  g_assert_cmpstr (herald_printer_get_problem (printer), !=, locked);

  herald_engine_stop (engine);
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_finalize_object (engine);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/keyring", test_what_the_keyring_held_goes_on_when_it_opens);

  return g_test_run ();
}
