/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"

G_BEGIN_DECLS

/* What octoherald-picture writes before a picture: `jpeg` or `png`, width, height, brightness */
#define HERALD_PICTURE_LINE "octoherald-picture %s %u %u %u\n"
#define HERALD_PICTURE_LINE_MAX_BYTES 64

/**
 * HeraldPictureFault:
 * @HERALD_PICTURE_FAULT_UNKNOWN: of no kind that is taken
 * @HERALD_PICTURE_FAULT_PAGE: a web page, as servers send it that have no picture
 * @HERALD_PICTURE_FAULT_EMPTY: not one byte
 * @HERALD_PICTURE_FAULT_DAMAGED: broken or cut off
 * @HERALD_PICTURE_FAULT_LARGE: larger than the limits
 * @HERALD_PICTURE_FAULT_UNFIT: cannot be made as small as was asked
 *
 * What may be wrong with a picture.
 */
typedef enum
{
  HERALD_PICTURE_FAULT_NONE,
  HERALD_PICTURE_FAULT_UNKNOWN,
  HERALD_PICTURE_FAULT_PAGE,
  HERALD_PICTURE_FAULT_EMPTY,
  HERALD_PICTURE_FAULT_DAMAGED,
  HERALD_PICTURE_FAULT_LARGE,
  HERALD_PICTURE_FAULT_UNFIT,
} HeraldPictureFault;

typedef struct
{
  HeraldPictureType type;
  guint width;
  guint height;
} HeraldPictureHead;

/* Reads type and size, and looks whether the end is there. Nothing is decoded. @head is set only without a fault. */
HeraldPictureFault herald_picture_head_read      (HeraldPictureHead  *head,
                                                  const guint8       *data,
                                                  gsize               size);

/* Whether the limits of picture.h allow it */
gboolean           herald_picture_size_is_fine   (guint               width,
                                                  guint               height);

/* One word, for octoherald-picture to say; NONE if it is none of them */
const char        *herald_picture_fault_to_id    (HeraldPictureFault  fault);
HeraldPictureFault herald_picture_fault_from_id  (const char         *id);

/* One sentence for people */
const char        *herald_picture_fault_to_text  (HeraldPictureFault  fault);

G_END_DECLS
