/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-ids"

#include "window/history/history-ids.h"

#define AT(ids, position) g_array_index (ids, gint64, position)

GArray *
herald_history_ids_new_from_variant (GVariant *ids)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n_ids = 0;
  const gint64 *numbers = g_variant_get_fixed_array (ids, &n_ids, sizeof (gint64));

  if (n_ids > 0)
    g_array_append_vals (array, numbers, (guint) n_ids);

  return array;
}

/* (transfer floating): an ax */
GVariant *
herald_history_ids_to_variant (GArray *ids)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len, sizeof (gint64));
}

int
herald_history_ids_compare_descending (gconstpointer one,
                                       gconstpointer other)
{
  gint64 first = *(const gint64 *) one;
  gint64 second = *(const gint64 *) other;

  return first < second ? 1 : first > second ? -1 : 0;
}

gboolean
herald_history_ids_find (GArray *ids,
                         gint64  id,
                         guint  *position)
{
  guint low = 0;
  guint high = ids->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (AT (ids, middle) > id)
        low = middle + 1;
      else
        high = middle;
    }
  if (position != NULL)
    *position = low;

  return low < ids->len && AT (ids, low) == id;
}

void
herald_history_ids_compare (GArray *old,
                            GArray *new,
                            guint  *n_first,
                            guint  *n_last)
{
  guint n_common = MIN (old->len, new->len);
  guint first = 0;
  guint last = 0;

  while (first < n_common && AT (old, first) == AT (new, first))
    first++;
  while (last < n_common - first && AT (old, old->len - 1 - last) == AT (new, new->len - 1 - last))
    last++;
  *n_first = first;
  *n_last = last;
}
