/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldTextUnit:
 * @HERALD_UNIT_CHARACTERS: what a person counts: grapheme clusters (Unicode UAX 29)
 * @HERALD_UNIT_WEIGHTED: X's count: config v3 of twitter-text, a link 23, an emoji 2, after NFC
 * @HERALD_UNIT_SMS: septets of GSM-7, or UTF-16 code units where that does not do
 * @HERALD_UNIT_BYTES: bytes of UTF-8
 */
typedef enum
{
  HERALD_UNIT_CHARACTERS,
  HERALD_UNIT_WEIGHTED,
  HERALD_UNIT_SMS,
  HERALD_UNIT_BYTES,
} HeraldTextUnit;

/**
 * HeraldTextLength:
 * @count: in the unit that was asked for
 * @segments: messages an SMS is made of (160/153 septets, 70/67 code units each); 0 for other units
 * @is_gsm: whether GSM-7 does, for HERALD_UNIT_SMS
 */
typedef struct
{
  gsize count;
  guint segments;
  gboolean is_gsm;
} HeraldTextLength;

void  herald_text_length_measure (const char       *text,
                                  HeraldTextUnit    unit,
                                  HeraldTextLength *length);
gsize herald_text_length_count   (const char       *text,
                                  HeraldTextUnit    unit);

/* The longest beginning of @text that counts at most @max and ends on a border of graphemes, for X also not within a
 * link: its bytes */
gsize herald_text_length_fit     (const char       *text,
                                  HeraldTextUnit    unit,
                                  gsize             max);

G_END_DECLS
