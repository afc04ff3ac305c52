/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Made from data/emoji by make-table.py. */

/**
 * HeraldEmoji:
 * @name: where its name starts in herald_emoji_texts
 * @emoji: where the emoji starts there
 * @takes_tone: whether a skin tone can follow its first character
 */
typedef struct
{
  guint16 name;
  guint16 emoji;
  guint8 takes_tone;
} HeraldEmoji;

extern const char herald_emoji_texts[];

/* Sorted by name, as strcmp() does */
extern const HeraldEmoji herald_emoji_table[];
extern const guint herald_emoji_table_length;

/* Characters below U+10000 that an emoji can begin with, in their order */
extern const guint16 herald_emoji_signs[];
extern const guint herald_emoji_signs_length;
