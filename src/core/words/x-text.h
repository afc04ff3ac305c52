/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldXText:
 * @units: UTF-16
 * @n_units: how many
 * @bytes: (array length=n_units + 1): where the character of a unit begins in the text it was made from; the last is
 *   the length of that text
 *
 * A text as X counts it: in normalization form C and in UTF-16, because twitter-text looks at single code units.
 */
typedef struct
{
  guint16 *units;
  gsize n_units;
  guint32 *bytes;
} HeraldXText;

/* Units of a HeraldXText */
typedef struct
{
  gsize start;
  gsize length;
} HeraldXSpan;

void     herald_x_text_init   (HeraldXText       *self,
                               const char        *text);
void     herald_x_text_clear  (HeraldXText       *self);
gunichar herald_x_text_get    (const HeraldXText *self,
                               gsize              at,
                               gsize             *n_units);

/* (nullable) (transfer full) (element-type HeraldXSpan): what X makes links of; %NULL for none */
GArray  *herald_x_links_find  (const HeraldXText *text);
/* Units of the emoji of several code points that begins @at; 0 if none does */
gsize    herald_x_emoji_match (const HeraldXText *text,
                               gsize              at);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeraldXText, herald_x_text_clear)

G_END_DECLS
