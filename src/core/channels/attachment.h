/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HeraldAttachment:
 * @path: the file
 * @media_type: e.g. `image/jpeg` or `video/mp4`
 * @suffix: what the names of such files end with, e.g. `jpg`
 * @n_bytes: the size of the file
 * @width: pixels; 0 if unknown
 * @height: pixels; 0 if unknown
 * @bytes: (nullable): what is in the file; an attempt always has it
 *
 * A picture or a film on its way with a message. Never changed once it is made.
 */
typedef struct
{
  char *path;
  char *media_type;
  char *suffix;
  gsize n_bytes;
  guint width;
  guint height;
  GBytes *bytes;
} HeraldAttachment;

#define HERALD_TYPE_ATTACHMENT (herald_attachment_get_type ())

GType             herald_attachment_get_type (void);

HeraldAttachment *herald_attachment_new      (const HeraldAttachment *content);
HeraldAttachment *herald_attachment_ref      (HeraldAttachment       *self);
void              herald_attachment_unref    (HeraldAttachment       *self);
gboolean          herald_attachment_is_film  (HeraldAttachment       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldAttachment, herald_attachment_unref)

G_END_DECLS
