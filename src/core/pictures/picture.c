/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture"

#include "core/pictures/picture.h"

#include "core/base/error.h"
#include "core/pictures/picture-format.h"
#include "herald-pictures.h"

#define OFFLINE_PATH "/io/github/octoherald/OctoHerald/pictures/camera-offline.png"

G_DEFINE_BOXED_TYPE (HeraldPicture, herald_picture, herald_picture_ref, herald_picture_unref)

static const struct
{
  const char *media_type;
  const char *suffix;
} types[] = {
  [HERALD_PICTURE_JPEG] = { "image/jpeg", "jpg" },
  [HERALD_PICTURE_PNG] = { "image/png", "png" },
  [HERALD_PICTURE_QOI] = { "image/qoi", "qoi" },
  [HERALD_PICTURE_FILM] = { "video/mp4", "mp4" },
};

HeraldPicture *
herald_picture_new (HeraldPictureType  type,
                    GBytes            *bytes,
                    guint              width,
                    guint              height,
                    int                brightness)
{
  HeraldPicture *self = g_atomic_rc_box_new0 (HeraldPicture);

  self->type = type;
  self->bytes = g_bytes_ref (bytes);
  self->width = width;
  self->height = height;
  self->brightness = brightness;

  return self;
}

HeraldPicture *
herald_picture_ref (HeraldPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HeraldPicture *self = data;

  g_bytes_unref (self->bytes);
}

void
herald_picture_unref (HeraldPicture *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * herald_picture_new_from_bytes:
 *
 * The limits of picture.h hold for everything but a film; how long one may be
 * says whoever fetches it. That the end is missing counts as broken.
 *
 * Returns: (transfer full): %NULL with HERALD_ERROR_REJECTED
 */
HeraldPicture *
herald_picture_new_from_bytes (GBytes  *bytes,
                               GError **error)
{
  HeraldPictureHead head;
  HeraldPictureFault fault;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  fault = herald_picture_head_read (&head, data, size);
  if (fault != HERALD_PICTURE_FAULT_NONE)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                           herald_picture_fault_to_text (fault));
      return NULL;
    }

  return herald_picture_new (head.type, bytes, head.width, head.height, -1);
}

/**
 * herald_picture_new_offline:
 *
 * Returns: (transfer full): what can go out instead of a camera that does not answer
 */
HeraldPicture *
herald_picture_new_offline (void)
{
  g_autoptr(GBytes) bytes =
    g_resource_lookup_data (herald_pictures_get_resource (), OFFLINE_PATH,
                            G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return herald_picture_new_from_bytes (bytes, NULL);
}

const char *
herald_picture_type_get_media_type (HeraldPictureType type)
{
  return types[type].media_type;
}

const char *
herald_picture_type_get_suffix (HeraldPictureType type)
{
  return types[type].suffix;
}
