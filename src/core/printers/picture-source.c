/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-source"

#include "core/printers/picture-source.h"

static const char *const wish_ids[] = {
  [HERALD_PICTURE_WISH_NONE] = "none",
  [HERALD_PICTURE_WISH_SNAPSHOT] = "snapshot",
  [HERALD_PICTURE_WISH_THUMBNAIL] = "thumbnail",
  [HERALD_PICTURE_WISH_TIMELAPSE] = "timelapse",
};

const char *
herald_picture_wish_to_id (HeraldPictureWishKind kind)
{
  return wish_ids[kind];
}

/**
 * herald_picture_wish_from_id:
 * @id: (nullable): an id like `snapshot`
 * @kind: (out): set only if @id is known
 *
 * Returns: whether @id names a wish
 */
gboolean
herald_picture_wish_from_id (const char            *id,
                             HeraldPictureWishKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (wish_ids); i++)
    {
      if (g_strcmp0 (wish_ids[i], id) == 0)
        {
          *kind = (HeraldPictureWishKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

HeraldPictureSource *
herald_picture_source_new (HeraldPictureSourceKind  kind,
                           const char              *url,
                           gboolean                 is_server,
                           HeraldOrientation        orientation)
{
  HeraldPictureSource *self = g_new0 (HeraldPictureSource, 1);

  self->kind = kind;
  self->url = g_strdup (url);
  self->is_server = is_server;
  self->orientation = orientation;

  return self;
}

void
herald_picture_source_free (HeraldPictureSource *self)
{
  g_free (self->url);
  g_free (self);
}
