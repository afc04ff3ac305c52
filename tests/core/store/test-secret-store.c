/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-secret-store"

#include "core/store/secret-store.h"

#include "core/base/error.h"

/* Run by with-keyring.sh, which says in HERALD_TEST_KEYRING how the keyring is. */

static void
on_ready (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static char *
look_up (HeraldSecretStore  *store,
         const char         *origin,
         GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  herald_secret_store_lookup_async (store, "mk3", "key", origin, NULL, on_ready, &result);
  return herald_secret_store_lookup_finish (store, wait_for (&result), error);
}

static gboolean
put (HeraldSecretStore  *store,
     GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  herald_secret_store_store_async (store, "mk3", "key", "http://a:80", "s3cret-key", NULL,
                                   on_ready, &result);
  return herald_secret_store_store_finish (store, wait_for (&result), error);
}

static void
test_unlocked_keyring_keeps_secrets_by_origin (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = NULL;

  g_assert_true (put (store, &error));
  g_assert_no_error (error);
  secret = look_up (store, "http://a:80", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "s3cret-key");
  g_assert_null (look_up (store, "http://b:80", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_clear_error (&error);
  herald_secret_store_clear_async (store, "mk3", NULL, on_ready, &result);
  g_assert_true (herald_secret_store_clear_finish (store, wait_for (&result), &error));
  g_clear_object (&result);
  g_assert_null (look_up (store, "http://a:80", NULL));
  g_assert_cmpint (herald_secret_store_get_state (store), ==, HERALD_SECRETS_READY);
  g_assert_finalize_object (g_steal_pointer (&store));
}

static void
test_absent_keyring_is_said_to_be_absent (void)
{
  g_autoptr(HeraldSecretStore) store = herald_secret_store_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (look_up (store, "http://a:80", &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_cmpint (herald_secret_store_get_state (store), ==, HERALD_SECRETS_ABSENT);
  g_assert_false (put (store, NULL));
  g_assert_finalize_object (g_steal_pointer (&store));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  if (g_strcmp0 (g_getenv ("HERALD_TEST_KEYRING"), "unlocked") == 0)
    g_test_add_func ("/secret-store/unlocked", test_unlocked_keyring_keeps_secrets_by_origin);
  else
    g_test_add_func ("/secret-store/absent", test_absent_keyring_is_said_to_be_absent);

  return g_test_run ();
}
