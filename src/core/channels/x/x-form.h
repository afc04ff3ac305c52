/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Head, file, tail, and the end of the list */
#define HERALD_X_FORM_PIECES 4

/**
 * HeraldXForm:
 * @content_type: with the boundary
 * @body: (array zero-terminated=1): piece by piece; the file itself is not copied
 *
 * A form with one field of text and one file (RFC 7578).
 */
typedef struct
{
  char *content_type;
  GBytes *body[HERALD_X_FORM_PIECES];
} HeraldXForm;

HeraldXForm *herald_x_form_new  (const char   *field,
                                 const char   *value,
                                 const char   *media_type,
                                 GBytes       *media);
void         herald_x_form_free (HeraldXForm  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldXForm, herald_x_form_free)

G_END_DECLS
