/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-attachment"

#include "core/channels/attachment.h"

G_DEFINE_BOXED_TYPE (HeraldAttachment, herald_attachment, herald_attachment_ref, herald_attachment_unref)

/**
 * herald_attachment_new:
 * @content: what to copy
 *
 * Returns: (transfer full): the attachment
 */
HeraldAttachment *
herald_attachment_new (const HeraldAttachment *content)
{
  HeraldAttachment *self = g_atomic_rc_box_new0 (HeraldAttachment);

  self->path = g_strdup (content->path);
  self->media_type = g_strdup (content->media_type);
  self->suffix = g_strdup (content->suffix);
  self->n_bytes = content->n_bytes;
  self->width = content->width;
  self->height = content->height;
  self->bytes = content->bytes != NULL ? g_bytes_ref (content->bytes) : NULL;

  return self;
}

HeraldAttachment *
herald_attachment_ref (HeraldAttachment *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HeraldAttachment *self = data;

  g_free (self->path);
  g_free (self->media_type);
  g_free (self->suffix);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

void
herald_attachment_unref (HeraldAttachment *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
herald_attachment_is_film (HeraldAttachment *self)
{
  return g_str_has_prefix (self->media_type, "video/");
}
