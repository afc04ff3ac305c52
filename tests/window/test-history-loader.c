/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-history-loader"

#include "window/history/history-loader.h"

/* As many as the loader keeps of those that nobody looks at */
#define KEPT_MAX 1000

static HeraldHistoryLoader *
make_loader (void)
{
  g_autoptr(HeraldServiceLink) link = herald_service_link_new ();

  return herald_history_loader_new (link);
}

static void
scroll_past (HeraldHistoryLoader *loader,
             gint64               first,
             gint64               last)
{
  for (gint64 id = first; id <= last; id++)
    {
      g_autoptr(HeraldHistoryEntry) entry = herald_history_loader_ref_entry (loader, id);

      g_assert_cmpint (herald_history_entry_get_id (entry), ==, id);
    }
}

static void
assert_is_kept (HeraldHistoryLoader *loader,
                gint64               id)
{
  g_autoptr(HeraldHistoryEntry) first = herald_history_loader_ref_entry (loader, id);
  g_autoptr(HeraldHistoryEntry) second = herald_history_loader_ref_entry (loader, id);

  g_assert_true (first == second);
}

static void
test_changed_message_is_kept_as_the_latest (void)
{
  g_autoptr(HeraldHistoryLoader) loader = make_loader ();

  scroll_past (loader, 1, KEPT_MAX);
  herald_history_loader_reload (loader, 1);
  assert_is_kept (loader, 1);
  scroll_past (loader, KEPT_MAX + 1, 2 * KEPT_MAX);
  g_assert_finalize_object (g_steal_pointer (&loader));
}

static void
test_forgotten_messages_are_made_anew (void)
{
  g_autoptr(HeraldHistoryLoader) loader = make_loader ();

  scroll_past (loader, 1, KEPT_MAX);
  herald_history_loader_forget (loader);
  assert_is_kept (loader, 1);
  scroll_past (loader, 2, 2 * KEPT_MAX);
  g_assert_finalize_object (g_steal_pointer (&loader));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/history-loader/changed-message-is-kept-as-the-latest", test_changed_message_is_kept_as_the_latest);
  g_test_add_func ("/window/history-loader/forgotten-messages-are-made-anew", test_forgotten_messages_are_made_anew);

  return g_test_run ();
}
