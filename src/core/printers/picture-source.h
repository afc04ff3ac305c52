/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Done in this order: OctoPrint's, and that of ffmpeg's `hflip,vflip,transpose=2` */
typedef struct
{
  gboolean flip_horizontally;
  gboolean flip_vertically;
  gboolean rotate_90_left;
} HeraldOrientation;

typedef enum
{
  HERALD_PICTURE_WISH_NONE,
  HERALD_PICTURE_WISH_SNAPSHOT,
  HERALD_PICTURE_WISH_THUMBNAIL,
  HERALD_PICTURE_WISH_TIMELAPSE,
} HeraldPictureWishKind;

/* `none`, `snapshot`, `thumbnail`, `timelapse` */
const char *herald_picture_wish_to_id   (HeraldPictureWishKind   kind);
gboolean    herald_picture_wish_from_id (const char             *id,
                                         HeraldPictureWishKind  *kind);

/**
 * HeraldPictureWish:
 * @camera: (nullable): name of the camera, for a snapshot; %NULL for the printer's first
 * @path: (nullable): of the file whose thumbnail is wanted, in its origin
 * @origin: (nullable): `local`, `sdcard`, …
 * @movie: (nullable): the film's name
 *
 * Which picture is wanted. Owned by whoever made it.
 */
typedef struct
{
  HeraldPictureWishKind kind;
  const char *camera;
  const char *path;
  const char *origin;
  const char *movie;
} HeraldPictureWish;

/**
 * HeraldPictureSourceKind:
 * @HERALD_SOURCE_STILL: a picture
 * @HERALD_SOURCE_KEPT: a picture in a file of the server: of a print or a film, not of a camera
 * @HERALD_SOURCE_STREAM: an endless row of pictures (`multipart/x-mixed-replace`); the first will do
 * @HERALD_SOURCE_GCODE: a file that may have a thumbnail in it: g-code, binary g-code or UFP, by its first bytes
 * @HERALD_SOURCE_FILM: MPEG-4
 * @HERALD_SOURCE_UTILITY: JSON of the server with a picture in it
 */
typedef enum
{
  HERALD_SOURCE_STILL,
  HERALD_SOURCE_KEPT,
  HERALD_SOURCE_STREAM,
  HERALD_SOURCE_GCODE,
  HERALD_SOURCE_FILM,
  HERALD_SOURCE_UTILITY,
} HeraldPictureSourceKind;

/**
 * HeraldPictureSource:
 * @url: absolute; or, if @is_server, a path on the printer's server
 * @is_server: ask the printer's own server, with its key; no other server ever gets it
 * @orientation: how what comes must be turned
 * @size_bytes: what the server says of it; 0 if nothing
 *
 * One place where a picture may be had.
 */
typedef struct
{
  HeraldPictureSourceKind kind;
  char *url;
  gboolean is_server;
  HeraldOrientation orientation;
  gint64 size_bytes;
} HeraldPictureSource;

HeraldPictureSource *herald_picture_source_new  (HeraldPictureSourceKind   kind,
                                                 const char               *url,
                                                 gboolean                  is_server,
                                                 HeraldOrientation         orientation);
void                 herald_picture_source_free (HeraldPictureSource      *self);

/**
 * HeraldEnoughFunc:
 * @bytes: what has come so far
 *
 * Returns: whether that is all that is needed; the rest is not fetched
 */
typedef gboolean (*HeraldEnoughFunc) (GByteArray *bytes,
                                      gpointer    user_data);

/**
 * HeraldPictureRequest:
 * @offset: first byte wanted, or, if negative, how many from the end; 0 for the beginning
 * @max_bytes: a still or a film that is longer is refused, of anything else the rest is not fetched; also asked for
 *   by Range where that makes sense
 * @enough: (nullable): called whenever more has come
 *
 * How to read a source.
 */
typedef struct
{
  gint64 offset;
  gsize max_bytes;
  HeraldEnoughFunc enough;
  gpointer enough_data;
} HeraldPictureRequest;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPictureSource, herald_picture_source_free)

G_END_DECLS
