/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-illustrator-fixture"

#include "illustrator-fixture.h"

#include "core/routing/router.h"

/* More than any wait here, also where the machine is busy */
#define LIMIT_US (30 * G_USEC_PER_SEC)

static void
open_all (IllustratorFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "herald.db", NULL);
  g_autoptr(GError) error = NULL;

  fixture->config = herald_config_new (fixture->config_path, &error);
  g_assert_no_error (error);
  fixture->outbox = herald_outbox_new (path, G_LIST_MODEL (fixture->channels), fixture->clock, &error);
  g_assert_no_error (error);
  fixture->illustrator = herald_illustrator_new (fixture->config, G_LIST_MODEL (fixture->printers),
                                                 G_LIST_MODEL (fixture->channels), fixture->outbox);
  herald_outbox_start (fixture->outbox);
}

/* Whatever is still under way has let go when this returns. */
static void
close_all (IllustratorFixture *fixture)
{
  herald_illustrator_stop (fixture->illustrator);
  herald_outbox_stop (fixture->outbox);
  illustrator_fixture_spin_ms (100);
  g_assert_finalize_object (g_steal_pointer (&fixture->illustrator));
  g_assert_finalize_object (g_steal_pointer (&fixture->outbox));
  g_assert_finalize_object (g_steal_pointer (&fixture->config));
}

void
illustrator_fixture_set_up (IllustratorFixture *fixture,
                            gconstpointer       data)
{
  fixture->directory = g_dir_make_tmp ("illustrator-XXXXXX", NULL);
  fixture->config_path = g_build_filename (fixture->directory, "octoherald.conf", NULL);
  fixture->printers = g_list_store_new (HERALD_TYPE_PRINTER);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  fixture->clock = herald_clock_new ();
  fixture->camera = scripted_camera_new ("mk3");
  fixture->camera->picture = scripted_camera_make_grey (200);
  fixture->pictures = fake_channel_new_for_pictures ("pictures");
  fixture->words = fake_channel_new ("words");
  g_list_store_append (fixture->printers, fixture->camera);
  g_list_store_append (fixture->channels, fixture->pictures);
  g_list_store_append (fixture->channels, fixture->words);
  open_all (fixture);
}

void
illustrator_fixture_tear_down (IllustratorFixture *fixture,
                               gconstpointer       data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", fixture->directory);

  close_all (fixture);
  g_clear_object (&fixture->printers);
  g_clear_object (&fixture->channels);
  g_assert_finalize_object (fixture->camera);
  g_assert_finalize_object (fixture->pictures);
  g_assert_finalize_object (fixture->words);
  g_assert_finalize_object (fixture->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->config_path);
  g_free (fixture->directory);
}

void
illustrator_fixture_reopen (IllustratorFixture *fixture)
{
  close_all (fixture);
  open_all (fixture);
}

void
illustrator_fixture_configure (IllustratorFixture *fixture,
                               const char         *text)
{
  g_autofree char *whole = g_strconcat ("[octoherald]\nversion=1\n", text, NULL);

  g_assert_true (g_file_set_contents_full (fixture->config_path, whole, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                           NULL));
  illustrator_fixture_reopen (fixture);
}

gint64
illustrator_fixture_tell (IllustratorFixture *fixture,
                          HeraldEventKind     kind,
                          const char         *channels,
                          HeraldPicture      *given)
{
  static guint number = 0;
  g_autofree char *dedupe = g_strdup_printf ("event-%u", ++number);
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(HeraldIllustrationJob) job = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  herald_values_set (values, "path", "cube.gcode");
  herald_values_set (values, "title", "Title");
  herald_values_set (values, "text", "Text");
  event = herald_event_new (kind, HERALD_SOURCE_LIVE, "mk3", "job", dedupe,
                            herald_clock_get_wall_ms (fixture->clock), values);
  drafts = herald_router_route (fixture->config, G_LIST_MODEL (fixture->channels), event, "MK3", channels);
  job = herald_illustrator_prepare (fixture->illustrator, event, "MK3", given, drafts);
  for (guint i = 0; i < drafts->len; i++)
    ((HeraldDraft *) g_ptr_array_index (drafts, i))->desk_ms = fixture->desk_ms;
  herald_outbox_accept (fixture->outbox, event, drafts, &id, &error);
  g_assert_no_error (error);
  if (job != NULL)
    herald_illustrator_begin (fixture->illustrator, g_steal_pointer (&job), id);

  return id;
}

gint64
illustrator_fixture_wait_ms (IllustratorFixture *fixture)
{
  gint64 start_us = g_get_monotonic_time ();
  HeraldLedger ledger = { .waiting = 1 };

  while (ledger.waiting > 0 && g_get_monotonic_time () < start_us + LIMIT_US)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
      herald_outbox_get_ledger (fixture->outbox, &ledger);
    }
  g_assert_cmpuint (ledger.waiting, ==, 0);

  return (g_get_monotonic_time () - start_us) / 1000;
}

HeraldDelivery *
illustrator_fixture_find (IllustratorFixture *fixture,
                          const char         *channel)
{
  const HeraldHistoryFilter filter = { 0 };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (fixture->outbox, &filter, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      HeraldDelivery *delivery = g_ptr_array_index (rows, i);

      if (g_str_equal (delivery->channel, channel))
        return g_ptr_array_steal_index (rows, i);
    }

  g_assert_not_reached ();
}

void
illustrator_fixture_spin_ms (guint ms)
{
  for (gint64 end_us = g_get_monotonic_time () + (gint64) ms * 1000; g_get_monotonic_time () < end_us;)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}
