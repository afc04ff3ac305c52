/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-thumbnail-choice"

#include "core/pictures/thumbnail-choice.h"

#include <string.h>

/* How a QOI ends (its specification, page 1) */
#define QOI_END "\0\0\0\0\0\0\0\1"
#define QOI_END_BYTES 8

static gboolean
is_whole (HeraldPicture *picture)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (picture->bytes, &size);

  return picture->type != HERALD_PICTURE_QOI ||
         (size > QOI_END_BYTES && memcmp (data + size - QOI_END_BYTES, QOI_END, QOI_END_BYTES) == 0);
}

static gboolean
is_better (HeraldPicture *picture,
           HeraldPicture *best)
{
  guint64 n_pixels = (guint64) picture->width * picture->height;
  guint64 n_best = best != NULL ? (guint64) best->width * best->height : 0;

  return n_pixels > n_best ||
         (n_pixels == n_best && best->type == HERALD_PICTURE_JPEG && picture->type != HERALD_PICTURE_JPEG);
}

gboolean
herald_thumbnail_choice_offer (HeraldPicture **best,
                               GBytes         *bytes)
{
  g_autoptr(HeraldPicture) picture = herald_picture_new_from_bytes (bytes, NULL);

  if (picture == NULL || picture->type == HERALD_PICTURE_FILM || !is_whole (picture) ||
      !is_better (picture, *best))
    return FALSE;

  g_clear_pointer (best, herald_picture_unref);
  *best = g_steal_pointer (&picture);

  return TRUE;
}
