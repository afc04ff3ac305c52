/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-fixture"

#include "x-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/channels/x/x-settings.h"
#include "demo/demo-x.h"

#define ID "feed"

static const struct
{
  const char *field;
  const char *value;
} credentials[] = {
  { HERALD_X_API_KEY_FIELD, HERALD_DEMO_X_API_KEY },
  { HERALD_X_API_SECRET_FIELD, HERALD_DEMO_X_API_SECRET },
  { HERALD_X_ACCESS_TOKEN_FIELD, HERALD_DEMO_X_ACCESS_TOKEN },
  { HERALD_X_ACCESS_SECRET_FIELD, HERALD_DEMO_X_ACCESS_SECRET },
};

static char *
dup_path (XFixture   *self,
          const char *field)
{
  g_autofree char *name = g_strconcat (ID ".", field, NULL);

  return g_build_filename (self->folder, name, NULL);
}

void
x_fixture_set_secret (XFixture   *self,
                      const char *field,
                      const char *value)
{
  g_autofree char *path = dup_path (self, field);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, value, -1, &error);
  g_assert_no_error (error);
}

XFixture *
x_fixture_new (const char *server)
{
  XFixture *self = g_new0 (XFixture, 1);
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("octoherald-x-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("CREDENTIALS_DIRECTORY", self->folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    x_fixture_set_secret (self, credentials[i].field, credentials[i].value);

  herald_values_set (settings, "server", server);
  self->channel = herald_channel_new (&herald_x_channel_type, ID, settings, secrets);

  return self;
}

void
x_fixture_free (XFixture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    {
      g_autofree char *path = dup_path (self, credentials[i].field);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_clear_object (&self->attempt);
  g_clear_error (&self->error);
  g_assert_finalize_object (self->channel);
  g_free (self->folder);
  g_free (self);
}

void
x_fixture_set (XFixture   *self,
               const char *name,
               const char *value)
{
  g_autoptr(HeraldValues) settings = herald_values_copy (herald_channel_get_settings (self->channel));

  herald_values_set (settings, name, value);
  herald_channel_set_settings (self->channel, settings);
}

static gboolean
on_commit (HeraldAttempt  *attempt,
           gpointer        user_data,
           GError        **error)
{
  XFixture *self = user_data;

  self->n_commits++;

  return TRUE;
}

static void
on_deliver_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  XFixture *self = user_data;

  g_clear_error (&self->error);
  herald_channel_deliver_finish (HERALD_CHANNEL (object), result, &self->error);
  self->n_under_way--;
}

/* How files of a kind begin; the rest does not matter to who only hands them on. */
static const struct
{
  const char *media_type;
  const char *begin;
} magics[] = {
  { "image/jpeg", "\xff\xd8\xff\xd9" },
  { "image/png", "\x89PNG\r\n\x1a\n" },
  { "image/gif", "GIF89a" },
  { "video/mp4", "    ftypisom" },
};

static void
attach (XFixture       *self,
        const XAttempt *special)
{
  guchar *data = g_malloc (special->n_bytes);
  HeraldAttachment content = { .path = (char *) "/nowhere", .media_type = (char *) special->media_type,
                               .suffix = (char *) "bin", .n_bytes = special->n_bytes };

  for (gsize i = 0; i < special->n_bytes; i++)
    data[i] = (guchar) (i * 31 + i / 251);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (g_str_equal (magics[i].media_type, special->media_type))
        memcpy (data, magics[i].begin, strlen (magics[i].begin));
    }
  content.bytes = g_bytes_new_take (data, special->n_bytes);
  herald_attempt_take_attachment (self->attempt, herald_attachment_new (&content));
  g_bytes_unref (content.bytes);
}

void
x_fixture_start (XFixture       *self,
                 const char     *text,
                 const XAttempt *special,
                 GCancellable   *cancellable)
{
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_PROGRESS, .printer_name = (char *) "Bench",
                            .title = (char *) "25 % done", .text = (char *) text, .file = (char *) "cube.gcode" };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);

  g_clear_object (&self->attempt);
  g_clear_error (&self->error);
  self->n_commits = 0;
  self->n_under_way++;
  self->attempt = herald_attempt_new (message, "feed", "key", on_commit, self);
  if (special != NULL && special->media_type != NULL)
    attach (self, special);
  if (special != NULL && special->n_tries > 0)
    herald_attempt_set_n_tries (self->attempt, special->n_tries);
  herald_attempt_set_may_have_arrived (self->attempt, special != NULL && special->may_have_arrived);
  herald_channel_deliver_async (self->channel, self->attempt, cancellable, on_deliver_ready, self);
}

void
x_fixture_wait (XFixture *self)
{
  while (self->n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  if (self->error != NULL)
    g_test_message ("%s", self->error->message);
}

gboolean
x_fixture_post (XFixture       *self,
                const char     *text,
                const XAttempt *special)
{
  x_fixture_start (self, text, special, NULL);
  x_fixture_wait (self);

  return self->error == NULL;
}

typedef struct
{
  XFixture *fixture;
  char *sentence;
} Check;

static void
on_verify_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Check *check = user_data;

  check->sentence = herald_channel_verify_finish (HERALD_CHANNEL (object), result, &check->fixture->error);
  check->fixture->n_under_way--;
}

char *
x_fixture_verify (XFixture *self)
{
  Check check = { .fixture = self };

  g_clear_error (&self->error);
  self->n_under_way++;
  herald_channel_verify_async (self->channel, NULL, on_verify_ready, &check);
  x_fixture_wait (self);

  return check.sentence;
}

void
x_stand_in_set_up (XStandIn      *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL;

  self->x = herald_demo_x_new (0, &error);
  g_assert_no_error (error);
  url = herald_demo_x_dup_url (self->x);
  self->account = x_fixture_new (url);
}

void
x_stand_in_tear_down (XStandIn      *self,
                      gconstpointer  data)
{
  x_fixture_free (self->account);
  g_assert_finalize_object (self->x);
}
