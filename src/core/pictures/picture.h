/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HeraldPictureType:
 * @HERALD_PICTURE_QOI: only in g-code; octoherald-picture makes something else of it
 * @HERALD_PICTURE_FILM: MPEG-4; never looked into
 */
typedef enum
{
  HERALD_PICTURE_JPEG,
  HERALD_PICTURE_PNG,
  HERALD_PICTURE_QOI,
  HERALD_PICTURE_FILM,
} HeraldPictureType;

/* What a picture from outside, but no film, may be at most, before anything looks at its pixels */
#define HERALD_PICTURE_MAX_BYTES (8 * 1024 * 1024)
#define HERALD_PICTURE_MAX_SIDE 4096
#define HERALD_PICTURE_MAX_PIXELS (16 * 1024 * 1024)

/**
 * HeraldPicture:
 * @width: pixels; 0 for a film
 * @height: pixels; 0 for a film
 * @brightness: mean luma from 0 (black) to 255; −1 if nobody has looked
 *
 * An encoded picture. Never changed once it is made.
 */
typedef struct
{
  HeraldPictureType type;
  GBytes *bytes;
  guint width;
  guint height;
  int brightness;
} HeraldPicture;

#define HERALD_TYPE_PICTURE (herald_picture_get_type ())

GType          herald_picture_get_type            (void);

HeraldPicture *herald_picture_new                 (HeraldPictureType   type,
                                                   GBytes             *bytes,
                                                   guint               width,
                                                   guint               height,
                                                   int                 brightness);
HeraldPicture *herald_picture_ref                 (HeraldPicture      *self);
void           herald_picture_unref               (HeraldPicture      *self);

/* Looks at head and end only; the name and what a server says of it do not count. NULL with REJECTED: none of
 * our types, broken, cut off, or larger than the limits above, which are not for films. */
HeraldPicture *herald_picture_new_from_bytes      (GBytes             *bytes,
                                                   GError            **error);

/* (transfer full): a camera that is off, 640×480, PNG; drawn by us */
HeraldPicture *herald_picture_new_offline         (void);

/* `image/jpeg`, …; and `jpg`, … */
const char    *herald_picture_type_get_media_type (HeraldPictureType   type);
const char    *herald_picture_type_get_suffix     (HeraldPictureType   type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPicture, herald_picture_unref)

G_END_DECLS
