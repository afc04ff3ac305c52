/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-illustration"

#include "core/outbox/illustration.h"

G_DEFINE_BOXED_TYPE (HeraldIllustration, herald_illustration, herald_illustration_ref,
                     herald_illustration_unref)

/**
 * herald_illustration_new:
 * @content: what to copy
 *
 * Returns: (transfer full): the illustration
 */
HeraldIllustration *
herald_illustration_new (const HeraldIllustration *content)
{
  HeraldIllustration *self = g_atomic_rc_box_new0 (HeraldIllustration);

  self->bytes = g_bytes_ref (content->bytes);
  self->media_type = g_strdup (content->media_type);
  self->suffix = g_strdup (content->suffix);
  self->width = content->width;
  self->height = content->height;

  return self;
}

HeraldIllustration *
herald_illustration_ref (HeraldIllustration *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HeraldIllustration *self = data;

  g_bytes_unref (self->bytes);
  g_free (self->media_type);
  g_free (self->suffix);
}

void
herald_illustration_unref (HeraldIllustration *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
