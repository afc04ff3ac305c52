/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An emoji and one of its names, without colons */
typedef struct
{
  const char *name;
  const char *emoji;
} HeraldEmojiMatch;

/* (transfer full) (element-type HeraldEmojiMatch): at most @max, those whose name begins with what was typed first */
GArray *herald_emoji_search (const char *typed,
                             guint       max);

G_END_DECLS
