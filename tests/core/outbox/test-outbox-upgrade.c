/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-upgrade"

#include "outbox-fixture.h"

#include <glib/gstdio.h>

#include "core/store/schema.h"

/* A message that an earlier version was about to send, as far back as there were any */
static void
write_earlier (Fixture *fixture,
               guint    n_steps)
{
  g_autoptr(GString) sql = g_string_new (NULL);

  for (guint i = 0; i < n_steps; i++)
    g_string_append (sql, herald_schema_steps[i]);
  g_string_append_printf (
      sql,
      "PRAGMA user_version=%u; INSERT INTO server(id,printer) VALUES(1,'mk3');"
      "INSERT INTO event(id,server,kind,source,dedupe,observed_ms,payload)"
      " VALUES(1,1,'print-done','live','key',%" G_GINT64_FORMAT ",'{}');"
      "INSERT INTO delivery(event,rule,channel,channel_type,dest,lane,idem,body,boot_id,due_boot_ms,due_ms,"
      "expires_boot_ms,expires_ms,created_ms) VALUES(1,0,'one','fake','somebody','lane',"
      "'0123456789abcdef0123456789abcdef',CAST('{\"kind\":\"print-done\",\"title\":\"earlier\",\"text\":\"t\"}' AS BLOB),"
      "'%s',0,0,9000000000000,9000000000000,%" G_GINT64_FORMAT ");",
      n_steps, fixture->clock->wall_ms, fixture->clock->boot_id, fixture->clock->wall_ms);

  fixture_close (fixture);
  g_unlink (fixture->path);
  fixture_run_sql (fixture, sql->str);
  fixture_open (fixture);
}

static void
test_what_an_earlier_version_left_is_sent (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  HeraldDelivery *delivery;

  write_earlier (fixture, GPOINTER_TO_UINT (data));
  herald_outbox_start (fixture->outbox);
  fixture_spin ();
  fixture_assert_state (fixture, 1, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpstr (fixture->channel->log->str, ==, "earlier ");
  rows = fixture_query (fixture, 1);
  delivery = rows->pdata[0];
  g_assert_null (delivery->picture);
  g_assert_null (delivery->note);
  g_assert_cmpint (delivery->cost, ==, 0);

  fixture_illustrate (fixture, fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, "new", 8000, TRUE), "one", "picture");
  g_assert_nonnull (fixture->channel->last_attachment);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/outbox/upgrade/first", GUINT_TO_POINTER (1), test_what_an_earlier_version_left_is_sent);
  FIXTURE_ADD ("/outbox/upgrade/second", GUINT_TO_POINTER (2), test_what_an_earlier_version_left_is_sent);
  FIXTURE_ADD ("/outbox/upgrade/third", GUINT_TO_POINTER (3), test_what_an_earlier_version_left_is_sent);
  FIXTURE_ADD ("/outbox/upgrade/fourth", GUINT_TO_POINTER (4), test_what_an_earlier_version_left_is_sent);
  FIXTURE_ADD ("/outbox/upgrade/fifth", GUINT_TO_POINTER (5), test_what_an_earlier_version_left_is_sent);

  return g_test_run ();
}
