/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-model-sync"

#include "service/tray/tray-menu.h"
#include "service/tray/tray-model.h"

static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };

static gboolean
has_attributes_of (GMenuModel *a,
                   guint       a_position,
                   GMenuModel *b,
                   guint       b_position)
{
  g_autoptr(GMenuAttributeIter) iter = g_menu_model_iterate_item_attributes (a, (int) a_position);
  const char *name = NULL;
  GVariant *value = NULL;

  while (g_menu_attribute_iter_get_next (iter, &name, &value))
    {
      g_autoptr(GVariant) mine = value;
      g_autoptr(GVariant) other = g_menu_model_get_item_attribute_value (b, (int) b_position, name, NULL);

      if (other == NULL || !g_variant_equal (mine, other))
        return FALSE;
    }

  return TRUE;
}

static gboolean
says_the_same (GMenuModel *live,
               GMenuModel *wanted,
               guint       position)
{
  return has_attributes_of (live, position, wanted, position) && has_attributes_of (wanted, position, live, position);
}

static gboolean
has_same_key (GMenuModel *live,
              GMenuModel *wanted,
              guint       position)
{
  g_autofree char *mine = NULL;
  g_autofree char *other = NULL;

  g_menu_model_get_item_attribute (live, (int) position, HERALD_TRAY_MENU_KEY, "s", &mine);
  g_menu_model_get_item_attribute (wanted, (int) position, HERALD_TRAY_MENU_KEY, "s", &other);

  return g_strcmp0 (mine, other) == 0;
}

static gboolean
is_linked_alike (GMenuModel *live,
                 GMenuModel *wanted,
                 guint       position)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr(GMenuModel) mine = g_menu_model_get_item_link (live, (int) position, links[i]);
      g_autoptr(GMenuModel) other = g_menu_model_get_item_link (wanted, (int) position, links[i]);

      if ((mine == NULL) != (other == NULL))
        return FALSE;
    }

  return TRUE;
}

/* What is below an item stays the model it is, so that whoever listens to it sees only what changes there. */
static void
replace (GMenu      *live,
         GMenuModel *wanted,
         guint       position)
{
  g_autoptr(GMenuItem) item = g_menu_item_new_from_model (wanted, (int) position);

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr(GMenuModel) below = g_menu_model_get_item_link (G_MENU_MODEL (live), (int) position, links[i]);

      if (below != NULL)
        g_menu_item_set_link (item, links[i], below);
    }

  g_menu_remove (live, (int) position);
  g_menu_insert_item (live, (int) position, item);
}

static void
sync_item (GMenu      *live,
           GMenuModel *wanted,
           guint       position)
{
  /* What is below another printer may be kept for that printer, and is not to become this one’s. */
  if (!is_linked_alike (G_MENU_MODEL (live), wanted, position) || !has_same_key (G_MENU_MODEL (live), wanted, position))
    {
      g_autoptr(GMenuItem) item = g_menu_item_new_from_model (wanted, (int) position);

      g_menu_remove (live, (int) position);
      g_menu_insert_item (live, (int) position, item);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr(GMenuModel) below = g_menu_model_get_item_link (G_MENU_MODEL (live), (int) position, links[i]);
      g_autoptr(GMenuModel) other = g_menu_model_get_item_link (wanted, (int) position, links[i]);

      if (below != other)
        herald_tray_model_sync (G_MENU (below), other);
    }

  if (!says_the_same (G_MENU_MODEL (live), wanted, position))
    replace (live, wanted, position);
}

void
herald_tray_model_sync (GMenu      *live,
                        GMenuModel *wanted)
{
  guint n_live = (guint) g_menu_model_get_n_items (G_MENU_MODEL (live));
  guint n_wanted = (guint) g_menu_model_get_n_items (wanted);

  for (; n_live > n_wanted; n_live--)
    g_menu_remove (live, (int) n_live - 1);

  for (guint i = 0; i < n_live; i++)
    sync_item (live, wanted, i);

  for (guint i = n_live; i < n_wanted; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new_from_model (wanted, (int) i);

      g_menu_append_item (live, item);
    }
}
