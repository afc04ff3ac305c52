/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-scene"

#include "x-scene.h"

#include "core/channels/x/x-settings.h"

#define ID "feed"

/* Longer than any message lives */
#define PATIENCE_S (2 * 60 * 60)
#define LIFETIME_S (60 * 60)
#define STEP_S 5

/* Silence in milliseconds after which nothing more is going to happen; what is on its way may take its time. */
#define QUIET_ROUNDS 40
#define QUIET_ROUNDS_ON_THE_WAY 2000
#define ROUNDS_MAX 60000

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

static void
on_delivery_changed (HeraldOutbox *outbox,
                     gint64        id,
                     XScene       *self)
{
  self->is_changed = TRUE;
}

static void
write_credentials (XScene *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    {
      g_autofree char *name = g_strconcat (ID ".", credentials[i].field, NULL);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_true (g_file_set_contents (path, credentials[i].value, -1, NULL));
    }
  g_setenv ("CREDENTIALS_DIRECTORY", self->folder, TRUE);
}

static void
open_channel (XScene *self)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
  g_autofree char *server = g_strdup_printf ("http://127.0.0.1:%u", self->cable->port);

  herald_values_set (settings, "server", server);
  herald_values_set (settings, HERALD_X_POSTS_PER_DAY, "100000");
  self->channel = herald_channel_new (&herald_x_channel_type, ID, settings, secrets);
  self->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  g_list_store_append (self->channels, self->channel);
}

void
x_scene_renew_x (XScene *self)
{
  const HeraldDemoXFault no_limits = { .kind = "no-limits" };
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->x);
  self->x = herald_demo_x_new (0, &error);
  g_assert_no_error (error);
  g_assert_true (herald_demo_x_play (self->x, &no_limits));
  self->cable->backend_port = herald_demo_x_get_port (self->x);
}

XScene *
x_scene_new (void)
{
  XScene *self = g_new0 (XScene, 1);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("x-scene-XXXXXX", NULL);
  self->clock = fake_clock_new ();
  self->cable = cable_new ();
  write_credentials (self);
  x_scene_renew_x (self);
  open_channel (self);

  path = g_build_filename (self->folder, "herald.db", NULL);
  self->outbox = herald_outbox_new (path, G_LIST_MODEL (self->channels), HERALD_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  g_signal_connect (self->outbox, "delivery-changed", G_CALLBACK (on_delivery_changed), self);
  herald_outbox_start (self->outbox);

  return self;
}

void
x_scene_free (XScene *self)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->folder);

  herald_outbox_stop (self->outbox);
  x_scene_settle (self);
  g_assert_finalize_object (self->outbox);
  g_clear_object (&self->channels);
  g_assert_finalize_object (self->channel);
  cable_free (self->cable);
  g_clear_object (&self->x);
  g_assert_finalize_object (self->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self);
}

void
x_scene_play (XScene          *self,
              const char      *kind,
              guint            n_times,
              HeraldDemoXDeed  deed)
{
  const HeraldDemoXFault fault = { .kind = kind, .path = "/2/tweets", .n_times = n_times, .deed = deed };

  g_assert_true (herald_demo_x_play (self->x, &fault));
}

gint64
x_scene_say_text (XScene     *self,
                  const char *text)
{
  g_autofree char *name = g_strdup_printf ("%u", ++self->n_said);
  gint64 now_ms = herald_clock_get_wall_ms (HERALD_CLOCK (self->clock));
  g_autoptr(HeraldEvent) event = herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE, name, name, name, now_ms,
                                                   NULL);
  HeraldMessage content = { .kind = HERALD_KIND_PRINT_DONE, .printer = name, .job = name, .title = name,
                            .text = (char *) text };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);
  HeraldHistoryFilter filter = { 0 };
  g_autoptr(GPtrArray) rows = NULL;

  g_ptr_array_add (drafts, herald_draft_new (ID, "x", ID, LIFETIME_S, message));
  g_assert_true (herald_outbox_accept (self->outbox, event, drafts, &filter.event, NULL));
  rows = herald_outbox_query_history (self->outbox, &filter, NULL);
  g_assert_cmpuint (rows->len, ==, 1);

  return ((HeraldDelivery *) g_ptr_array_index (rows, 0))->id;
}

gint64
x_scene_say (XScene *self)
{
  g_autofree char *text = g_strdup_printf ("Print %u is done", self->n_said + 1);

  return x_scene_say_text (self, text);
}

static gboolean
is_anything_on_the_way (XScene *self)
{
  const HeraldHistoryFilter before = { .state = "sending" };
  const HeraldHistoryFilter after = { .state = "committing" };
  g_autoptr(GPtrArray) sending = herald_outbox_query_history (self->outbox, &before, NULL);
  g_autoptr(GPtrArray) committing = herald_outbox_query_history (self->outbox, &after, NULL);

  return sending->len + committing->len > 0;
}

void
x_scene_settle (XScene *self)
{
  guint n_quiet = 0;

  for (guint i = 0; i < ROUNDS_MAX && n_quiet < QUIET_ROUNDS_ON_THE_WAY; i++)
    {
      if (n_quiet >= QUIET_ROUNDS && !is_anything_on_the_way (self))
        return;

      n_quiet = g_main_context_iteration (NULL, FALSE) ? 0 : n_quiet + 1;
      if (n_quiet > 0)
        g_usleep (1000);
    }
}

/* The timers of the outbox do not know that the clock was moved. */
static void
look_again (XScene *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self->channels), 0, 0, 0);
}

void
x_scene_advance_s (XScene *self,
                   guint   seconds)
{
  fake_clock_advance (self->clock, (gint64) seconds * 1000);
  look_again (self);
  x_scene_settle (self);
}

guint
x_scene_count_posts (XScene     *self,
                     const char *text)
{
  guint n = 0;

  for (guint i = 0; i < herald_demo_x_get_n_posts (self->x); i++)
    {
      g_autofree char *posted = herald_demo_x_dup_post_text (self->x, i);

      n += g_str_equal (posted, text);
    }

  return n;
}

void
x_scene_look (XScene   *self,
              gint64    delivery,
              XOutcome *outcome)
{
  const HeraldHistoryFilter filter = { .delivery = delivery };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (self->outbox, &filter, NULL);
  HeraldDelivery *row;

  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  x_outcome_clear (outcome);
  outcome->state = row->state;
  outcome->n_attempts = row->attempts;
  outcome->n_ambiguous = row->ambiguous;
  outcome->reason = g_strdup (row->reason);
  outcome->remote_id = g_strdup (row->remote_id);
  outcome->n_posts = x_scene_count_posts (self, row->message->text);
}

/* Whether there is nothing more to wait for */
static gboolean
is_over (XScene         *self,
         const XOutcome *outcome,
         gboolean        only_once)
{
  return herald_delivery_state_is_final (outcome->state) || herald_channel_get_problem (self->channel) != NULL ||
         (only_once && outcome->state == HERALD_DELIVERY_DEFERRED && outcome->n_attempts > 0);
}

static void
see_through (XScene   *self,
             gint64    delivery,
             gboolean  only_once,
             XOutcome *outcome)
{
  gint64 end_ms = herald_clock_get_boot_ms (HERALD_CLOCK (self->clock)) + (gint64) PATIENCE_S * 1000;

  x_scene_look (self, delivery, outcome);
  while (!is_over (self, outcome, only_once) && herald_clock_get_boot_ms (HERALD_CLOCK (self->clock)) < end_ms)
    {
      gboolean waits = outcome->state == HERALD_DELIVERY_DEFERRED || outcome->state == HERALD_DELIVERY_PENDING;

      self->is_changed = FALSE;
      if (waits)
        {
          fake_clock_advance (self->clock, STEP_S * 1000);
          look_again (self);
          while (!self->is_changed && g_main_context_pending (NULL))
            g_main_context_iteration (NULL, FALSE);
        }
      while (!waits && !self->is_changed)
        g_main_context_iteration (NULL, TRUE);
      x_scene_look (self, delivery, outcome);
    }
}

void
x_scene_see_through (XScene   *self,
                     gint64    delivery,
                     XOutcome *outcome)
{
  see_through (self, delivery, FALSE, outcome);
}

void
x_scene_try_once (XScene   *self,
                  gint64    delivery,
                  XOutcome *outcome)
{
  see_through (self, delivery, TRUE, outcome);
}

void
x_outcome_clear (XOutcome *outcome)
{
  g_clear_pointer (&outcome->reason, g_free);
  g_clear_pointer (&outcome->remote_id, g_free);
}
