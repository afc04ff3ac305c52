/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-thumbnail-finder"

#include "core/pictures/thumbnail-finder.h"

#include <string.h>

#include "core/pictures/binary-gcode.h"
#include "core/pictures/gcode-thumbnails.h"
#include "core/pictures/thumbnail-choice.h"
#include "core/pictures/ufp.h"

#define MAGIC_BYTES 4

typedef enum
{
  CONTAINER_UNKNOWN,
  CONTAINER_GCODE,
  CONTAINER_BINARY_GCODE,
  CONTAINER_ZIP,
} Container;

struct _HeraldThumbnailFinder
{
  Container container;
  HeraldGcodeThumbnails *gcode;
  HeraldBinaryGcode *binary_gcode;
};

HeraldThumbnailFinder *
herald_thumbnail_finder_new (void)
{
  return g_new0 (HeraldThumbnailFinder, 1);
}

void
herald_thumbnail_finder_free (HeraldThumbnailFinder *self)
{
  g_clear_pointer (&self->gcode, herald_gcode_thumbnails_free);
  g_clear_pointer (&self->binary_gcode, herald_binary_gcode_free);
  g_free (self);
}

static Container
sniff (const guint8 *data,
       gsize         length)
{
  if (length < MAGIC_BYTES)
    return CONTAINER_UNKNOWN;
  if (memcmp (data, HERALD_UFP_MAGIC, MAGIC_BYTES) == 0)
    return CONTAINER_ZIP;
  if (memcmp (data, HERALD_BINARY_GCODE_MAGIC, MAGIC_BYTES) == 0)
    return CONTAINER_BINARY_GCODE;

  return CONTAINER_GCODE;
}

gboolean
herald_thumbnail_finder_scan (HeraldThumbnailFinder *self,
                              const guint8          *data,
                              gsize                  length)
{
  if (self->container == CONTAINER_UNKNOWN)
    self->container = sniff (data, length);

  switch (self->container)
    {
    case CONTAINER_GCODE:
      if (self->gcode == NULL)
        self->gcode = herald_gcode_thumbnails_new ();
      return herald_gcode_thumbnails_scan (self->gcode, data, length);
    case CONTAINER_BINARY_GCODE:
      if (self->binary_gcode == NULL)
        self->binary_gcode = herald_binary_gcode_new ();
      return herald_binary_gcode_scan (self->binary_gcode, data, length);
    case CONTAINER_ZIP:
      return TRUE;
    case CONTAINER_UNKNOWN:
    default:
      return FALSE;
    }
}

gboolean
herald_thumbnail_finder_wants_tail (HeraldThumbnailFinder *self)
{
  return self->container == CONTAINER_ZIP;
}

HeraldPicture *
herald_thumbnail_finder_dup_best (HeraldThumbnailFinder *self)
{
  HeraldPicture *best = NULL;

  if (self->gcode != NULL)
    best = herald_gcode_thumbnails_get_best (self->gcode);
  else if (self->binary_gcode != NULL)
    best = herald_binary_gcode_get_best (self->binary_gcode);

  return best != NULL ? herald_picture_ref (best) : NULL;
}
