/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tables of data/words, which make-tables.py there turns into C while building */

/* What a UTF-16 code unit may be for X: a bit each */
typedef enum
{
  HERALD_LINK_BEFORE = 1 << 0,
  HERALD_LINK_DOMAIN = 1 << 1,
  HERALD_LINK_LABEL = 1 << 2,
  HERALD_LINK_PATH = 1 << 3,
  HERALD_LINK_PATH_END = 1 << 4,
  HERALD_LINK_QUERY = 1 << 5,
  HERALD_LINK_QUERY_END = 1 << 6,
} HeraldLinkPart;

typedef struct
{
  guint16 first;
  guint16 last;
  guint8 parts;
} HeraldLinkRange;

typedef struct
{
  gunichar first;
  gunichar last;
} HeraldCharRange;

/* One place of a sequence: ranges of herald_emoji_ranges */
typedef struct
{
  guint16 start;
  guint16 n_ranges;
} HeraldCharSet;

typedef struct
{
  guint n_sets;
  HeraldCharSet sets[8];
} HeraldCharSequence;

typedef struct
{
  gunichar c;
  guint septets;
} HeraldGsmChar;

typedef struct
{
  gunichar c;
  const char *spelling;
} HeraldGsmSpelling;

/* Every code unit, in their order; and those of ASCII once more, each on its own */
extern const HeraldLinkRange herald_link_ranges[];
extern const gsize herald_link_ranges_length;
extern const guint8 herald_link_ascii[];
extern const gsize herald_link_ascii_length;
/* Top-level domains of ASCII letters, in small letters and in their order; and all others, to be tried in this order */
extern const char *const herald_ascii_tlds[];
extern const gsize herald_ascii_tlds_length;
extern const char *const herald_other_tlds[];
extern const gsize herald_other_tlds_length;

/* Emoji of several code points, the longest first */
extern const HeraldCharRange herald_emoji_ranges[];
extern const gsize herald_emoji_ranges_length;
extern const HeraldCharSequence herald_emoji_sequences[];
extern const gsize herald_emoji_sequences_length;

/* In the order of their characters; and septets of those of ASCII once more, 0 for what is not in GSM-7 */
extern const HeraldGsmChar herald_gsm_chars[];
extern const gsize herald_gsm_chars_length;
extern const guint8 herald_gsm_ascii[];
extern const gsize herald_gsm_ascii_length;
extern const HeraldGsmSpelling herald_gsm_spellings[];
extern const gsize herald_gsm_spellings_length;

G_END_DECLS
