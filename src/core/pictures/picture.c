/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture"

#include "core/pictures/picture.h"

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
