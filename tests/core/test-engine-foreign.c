/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#define G_LOG_DOMAIN "herald-test-engine-foreign"

#include "core/engine-foreign.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/channels/email/email-channel.h"
#include "core/channels/x/x-settings.h"
#include "core/engine-private.h"
#include "keyring-control.h"

static const HeraldChannelType *const types[] = { &herald_email_channel_type, &herald_x_channel_type, NULL };

typedef struct
{
  char *folder;
  HeraldEngine *engine;
  char *before; /* the configuration */
} Scene;

static void
scene_open (Scene      *self,
            const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "octoherald.conf", NULL);
  g_autoptr(GError) error = NULL;

  self->folder = g_strdup (folder);
  self->engine = herald_engine_new (folder, folder, types, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &self->before, NULL, &error);
  g_assert_no_error (error);
}

static void
scene_close (Scene *self)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->folder);

  g_assert_finalize_object (self->engine);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->before);
  g_free (self->folder);
}

static void
on_ready (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Five secrets, two accounts, many messages */
static HeraldImportPlan *
take (Scene         *scene,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", "config.yaml", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  HeraldImportPlan *plan;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  plan = herald_import_read (NULL, text, length, NULL);
  g_assert_nonnull (plan);
  herald_engine_take_plan_async (scene->engine, plan, NULL, HERALD_FOREIGN_TAKE, cancellable, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_engine_take_plan_finish (scene->engine, result, error);
}

static GVariant *
ask_keyring (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  const char *const schema[] = { "xdg:schema", "io.github.octoherald.Secret" };
  GVariantBuilder attributes;
  g_autoptr(GError) error = NULL;
  GVariant *reply;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", schema[0], schema[1]);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service", "SearchItems",
                                       g_variant_new ("(a{ss})", &attributes), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return reply;
}

static gsize
count_secrets (void)
{
  g_autoptr(GVariant) reply = ask_keyring ();
  g_autoptr(GVariant) unlocked = g_variant_get_child_value (reply, 0);
  g_autoptr(GVariant) locked = g_variant_get_child_value (reply, 1);

  return g_variant_n_children (unlocked) + g_variant_n_children (locked);
}

static void
assert_nothing_changed (Scene *scene)
{
  g_autofree char *path = g_build_filename (scene->folder, "octoherald.conf", NULL);
  g_autofree char *now = NULL;

  g_assert_true (g_file_get_contents (path, &now, NULL, NULL));
  g_assert_cmpstr (now, ==, scene->before);
  g_assert_cmpuint (g_list_model_get_n_items (herald_engine_get_channels (scene->engine)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (herald_engine_get_printers (scene->engine)), ==, 0);
  g_assert_false (scene->engine->is_importing);
}

/* It works once the trouble is over. */
static void
assert_taken (Scene *scene)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldImportPlan) plan = take (scene, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (plan);
  g_assert_cmpuint (g_list_model_get_n_items (herald_engine_get_channels (scene->engine)), ==, 2);
  g_assert_cmpuint (count_secrets (), ==, 5);
}

static void
forget_all (Scene *scene)
{
  guint n_channels = g_list_model_get_n_items (herald_engine_get_channels (scene->engine));

  for (guint i = n_channels; i > 0; i--)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (herald_engine_get_channels (scene->engine), i - 1);
      g_autofree char *id = g_strdup (herald_channel_get_id (channel));

      g_assert_true (herald_engine_remove_channel (scene->engine, id, NULL));
    }
  while (count_secrets () > 0)
    g_main_context_iteration (NULL, FALSE);
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

typedef struct
{
  guint n_items;
  GCancellable *cancellable;
  gboolean locks;
} Trouble;

static void
on_item_created (GDBusConnection *bus,
                 const char      *sender,
                 const char      *path,
                 const char      *interface,
                 const char      *signal,
                 GVariant        *parameters,
                 gpointer         user_data)
{
  Trouble *trouble = user_data;

  if (++trouble->n_items != 2)
    return;
  if (trouble->locks)
    lock_keyring ();
  g_cancellable_cancel (trouble->cancellable);
}

static void
test_trouble_between_two_secrets (gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("foreign-XXXXXX", NULL);
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Trouble trouble = { 0, cancellable, GPOINTER_TO_INT (data) };
  guint id = g_dbus_connection_signal_subscribe (bus, NULL, "org.freedesktop.Secret.Collection", "ItemCreated", NULL, NULL,
                                                 G_DBUS_SIGNAL_FLAGS_NONE, on_item_created, &trouble, NULL);
  g_autoptr(GError) error = NULL;
  Scene scene = { NULL };

  scene_open (&scene, folder);
  g_assert_null (take (&scene, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (trouble.n_items, >=, 2);
  g_dbus_connection_signal_unsubscribe (bus, id);
  assert_nothing_changed (&scene);
  if (trouble.locks)
    unlock_keyring ();
  else
    g_assert_cmpuint (count_secrets (), ==, 0);

  assert_taken (&scene);
  forget_all (&scene);
  scene_close (&scene);
}

/* What is mounted here nobody else sees, and it goes with this process. */
static gboolean
mount_small_disk (const char *path)
{
  return unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("tmpfs", path, "tmpfs", 0, "size=512k,mode=700") == 0;
}

static void
test_full_disk_takes_the_secrets_back (void)
{
  g_autofree char *mount_point = g_dir_make_tmp ("foreign-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (mount_point, "settings", NULL);
  g_autofree char *filling = g_build_filename (mount_point, "filling", NULL);
  g_autofree char *zeros = g_malloc0 (64 * 1024);
  g_autoptr(GError) error = NULL;
  Scene scene = { NULL };
  FILE *file;

  if (!mount_small_disk (mount_point))
    {
      g_test_skip ("A small disk cannot be mounted");
      rmdir (mount_point);
      return;
    }

  scene_open (&scene, folder);
  file = fopen (filling, "w");
  while (fwrite (zeros, 1, 4096, file) == 4096 && fflush (file) == 0)
    ;
  fclose (file);

  g_assert_null (take (&scene, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_nothing_changed (&scene);
  g_assert_cmpuint (count_secrets (), ==, 0);

  g_assert_cmpint (unlink (filling), ==, 0);
  assert_taken (&scene);
  forget_all (&scene);
  scene_close (&scene);
  umount2 (mount_point, MNT_DETACH);
  rmdir (mount_point);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/engine-foreign/cancelled", GINT_TO_POINTER (FALSE), test_trouble_between_two_secrets);
  g_test_add_data_func ("/engine-foreign/locked", GINT_TO_POINTER (TRUE), test_trouble_between_two_secrets);
  g_test_add_func ("/engine-foreign/full-disk", test_full_disk_takes_the_secrets_back);

  return g_test_run ();
}
