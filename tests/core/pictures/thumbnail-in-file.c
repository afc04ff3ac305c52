/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-thumbnail-in-file"

#include "thumbnail-in-file.h"

#include "core/pictures/thumbnail-finder.h"
#include "core/pictures/ufp.h"

static HeraldPicture *
find_in_tail (const guint8 *data,
              gsize         length)
{
  gsize tail_bytes = MIN (length, HERALD_UFP_TAIL_BYTES);
  HeraldUfpEntry entry;
  guint64 tail_offset = 0;

  if (!herald_ufp_find (data + length - tail_bytes, tail_bytes, &entry, &tail_offset) || entry.offset > length)
    return NULL;

  g_assert_cmpuint (tail_offset, ==, length - tail_bytes);

  return herald_ufp_unpack (&entry, data + entry.offset, MIN (length - (gsize) entry.offset, entry.max_bytes));
}

HeraldPicture *
thumbnail_in_file (const guint8 *data,
                   gsize         length,
                   gsize         step,
                   gsize        *n_needed)
{
  g_autoptr(HeraldThumbnailFinder) finder = herald_thumbnail_finder_new ();
  gsize n_known = 0;
  gboolean enough = FALSE;

  while (!enough && n_known < length)
    {
      n_known = MIN (n_known + step, length);
      enough = herald_thumbnail_finder_scan (finder, data, n_known);
    }
  if (n_needed != NULL)
    *n_needed = n_known;

  return herald_thumbnail_finder_wants_tail (finder) ? find_in_tail (data, length)
                                                     : herald_thumbnail_finder_dup_best (finder);
}
