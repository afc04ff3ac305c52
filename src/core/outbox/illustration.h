/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HeraldIllustration:
 * @bytes: a picture or a film as a channel takes it
 * @media_type: e.g. `image/jpeg`
 * @suffix: letters and digits the name of its file ends with, e.g. `jpg`
 * @width: pixels; 0 if unknown
 * @height: pixels; 0 if unknown
 *
 * What goes with a message, before it is a file. Never changed once it is made.
 */
typedef struct
{
  GBytes *bytes;
  char *media_type;
  char *suffix;
  guint width;
  guint height;
} HeraldIllustration;

#define HERALD_TYPE_ILLUSTRATION (herald_illustration_get_type ())

GType               herald_illustration_get_type (void);

HeraldIllustration *herald_illustration_new      (const HeraldIllustration *content);
HeraldIllustration *herald_illustration_ref      (HeraldIllustration       *self);
void                herald_illustration_unref    (HeraldIllustration       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldIllustration, herald_illustration_unref)

G_END_DECLS
