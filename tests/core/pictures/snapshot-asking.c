/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-snapshot-asking"

#include "snapshot-asking.h"

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
snapshot_asking_begin (WatchedPrinter *fixture,
                       guint           deadline_ms,
                       GAsyncResult  **result)
{
  const HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_SNAPSHOT };

  herald_picture_fetch_async (fixture->printer, &wish, deadline_ms, 0, NULL, on_ready, result);
}

HeraldPictureCatch *
snapshot_asking_end (GAsyncResult **result,
                     GError       **error)
{
  g_autoptr(GAsyncResult) taken = NULL;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  taken = g_steal_pointer (result);

  return herald_picture_fetch_finish (taken, error);
}

HeraldPictureCatch *
snapshot_asking_fetch (WatchedPrinter *fixture,
                       guint           deadline_ms,
                       GError        **error)
{
  GAsyncResult *result = NULL;

  snapshot_asking_begin (fixture, deadline_ms, &result);

  return snapshot_asking_end (&result, error);
}

void
snapshot_asking_set (WatchedPrinter *fixture,
                     const char     *name,
                     const char     *value)
{
  g_autoptr(HeraldValues) settings = herald_values_copy (herald_printer_get_settings (fixture->printer));

  herald_values_set (settings, name, value);
  herald_printer_set_settings (fixture->printer, settings);
}

void
snapshot_asking_type (WatchedPrinter *fixture,
                      const char     *path)
{
  g_autofree char *base = herald_demo_printer_dup_url (fixture->server);
  g_autofree char *url = g_strconcat (base, path + (g_str_has_suffix (base, "/") ? 1 : 0), NULL);

  snapshot_asking_set (fixture, "snapshot-url", url);
  snapshot_asking_set (fixture, "snapshot-timeout", "1");
}
