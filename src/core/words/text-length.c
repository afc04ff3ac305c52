/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-text-length"

#include "core/words/text-length.h"

#include <string.h>

#include "core/words/graphemes.h"
#include "core/words/text-gsm.h"
#include "core/words/text-links.h"
#include "core/words/x-text.h"

/* twitter-text, config v3 */
#define WEIGHT_LINK 23
#define WEIGHT_EMOJI 2
#define WEIGHT_USUAL 2
#define WEIGHT_LIGHT 1

/* Nothing before it in Unicode is a second code point of an emoji, or heavy. */
#define EMOJI_FIRST_MARK 0x1100

/* 3GPP TS 23.040, 9.2.3.24.1: a message of several has a header of seven septets or three code units in each. */
#define GSM_SEGMENT 160
#define GSM_SEGMENT_OF_MANY 153
#define UCS2_SEGMENT 70
#define UCS2_SEGMENT_OF_MANY 67

/**
 * Weighing:
 * @at: the next unit
 * @scanned: up to here emoji have been looked for; they are found without regard to links, so one can begin in a link
 *
 * Goes through a text in pieces that X counts as one: a link, an emoji, a character.
 */
typedef struct
{
  HeraldXText text;
  GArray *links;
  gsize next_link;
  gsize at;
  gsize scanned;
} Weighing;

static void
begin_weighing (Weighing   *self,
                const char *text)
{
  *self = (Weighing) { .at = 0 };
  herald_x_text_init (&self->text, text);
  self->links = herald_x_links_find (&self->text);
}

static void
end_weighing (Weighing *self)
{
  herald_x_text_clear (&self->text);
  g_clear_pointer (&self->links, g_array_unref);
}

static guint
get_weight (gunichar c)
{
  gboolean is_light = c <= 0x10ff || (c >= 0x2000 && c <= 0x200d) || (c >= 0x2010 && c <= 0x201f) ||
                      (c >= 0x2032 && c <= 0x2037);

  return is_light ? WEIGHT_LIGHT : WEIGHT_USUAL;
}

static gboolean
take_link (Weighing *self)
{
  while (self->links != NULL && self->next_link < self->links->len)
    {
      const HeraldXSpan *link = &g_array_index (self->links, HeraldXSpan, self->next_link);

      if (link->start > self->at)
        return FALSE;
      self->next_link++;
      if (link->start < self->at)
        continue;
      self->at += link->length;
      return TRUE;
    }

  return FALSE;
}

static gboolean
take_emoji (Weighing *self)
{
  gsize n_units = 0;

  while (self->scanned < self->at)
    {
      gsize length = herald_x_emoji_match (&self->text, self->scanned);

      herald_x_text_get (&self->text, self->scanned, &n_units);
      self->scanned += MAX (length, n_units);
    }
  if (self->scanned > self->at)
    return FALSE;

  n_units = herald_x_emoji_match (&self->text, self->at);
  self->at += n_units;

  return n_units > 0;
}

/* The weight of the next piece; there must be one. */
static guint
take_piece (Weighing *self)
{
  gsize n_units = 0;
  gunichar c = 0;

  if (take_link (self))
    return WEIGHT_LINK;
  if (take_emoji (self))
    return WEIGHT_EMOJI;

  c = herald_x_text_get (&self->text, self->at, &n_units);
  self->at += n_units;

  return get_weight (c);
}

/* Goes over letters that are surely no part of a link or an emoji: most of a text, and most of the time it takes. */
static gsize
skip_letters (Weighing *self)
{
  gsize start = self->at;
  gsize end = self->text.n_units;

  if (self->links != NULL && self->next_link < self->links->len)
    end = MIN (end, MAX (start, g_array_index (self->links, HeraldXSpan, self->next_link).start));
  while (self->at < end && self->text.units[self->at] < EMOJI_FIRST_MARK &&
         (self->at + 1 >= self->text.n_units || self->text.units[self->at + 1] < EMOJI_FIRST_MARK))
    self->at++;

  return self->at - start;
}

static gsize
count_weight (const char *text)
{
  Weighing weighing;
  gsize count = 0;

  begin_weighing (&weighing, text);
  while (weighing.at < weighing.text.n_units)
    {
      gsize n_letters = skip_letters (&weighing);

      count += n_letters > 0 ? n_letters * WEIGHT_LIGHT : take_piece (&weighing);
    }
  end_weighing (&weighing);

  return count;
}

/* What a character of an SMS takes, either way */
typedef struct
{
  guint septets;
  guint units;
} SmsChar;

static SmsChar
measure_sms_char (const char *p)
{
  gunichar c = g_utf8_get_char (p);
  SmsChar size = { herald_gsm_count_septets (c), c < 0x10000 ? 1 : 2 };

  return size;
}

/* Messages it takes if @size_of_many fits into one of several: nothing that takes two is ever split. */
static guint
count_segments (const char *text,
                gboolean    is_gsm)
{
  guint size = is_gsm ? GSM_SEGMENT_OF_MANY : UCS2_SEGMENT_OF_MANY;
  guint n_segments = 1;
  guint used = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      SmsChar c = measure_sms_char (p);
      guint taken = is_gsm ? c.septets : c.units;

      if (used + taken > size)
        {
          n_segments++;
          used = 0;
        }
      used += taken;
    }

  return n_segments;
}

static void
measure_sms (const char       *text,
             HeraldTextLength *length)
{
  gsize septets = 0;
  gsize units = 0;
  gboolean is_gsm = TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      SmsChar c = measure_sms_char (p);

      is_gsm = is_gsm && c.septets > 0;
      septets += c.septets;
      units += c.units;
    }

  length->is_gsm = is_gsm;
  length->count = is_gsm ? septets : units;
  if (length->count <= (is_gsm ? GSM_SEGMENT : UCS2_SEGMENT))
    length->segments = length->count > 0 ? 1 : 0;
  else
    length->segments = count_segments (text, is_gsm);
}

/**
 * herald_text_length_measure:
 * @text: bytes that are not UTF-8 count as one unknown character each
 * @unit: what to count
 * @length: (out caller-allocates): how long it is
 */
void
herald_text_length_measure (const char       *text,
                            HeraldTextUnit    unit,
                            HeraldTextLength *length)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);

  if (valid != NULL)
    text = valid;

  *length = (HeraldTextLength) { 0 };
  switch (unit)
    {
    case HERALD_UNIT_CHARACTERS:
      length->count = herald_graphemes_count (text);
      break;
    case HERALD_UNIT_WEIGHTED:
      length->count = count_weight (text);
      break;
    case HERALD_UNIT_SMS:
      measure_sms (text, length);
      break;
    case HERALD_UNIT_BYTES:
      length->count = strlen (text);
      break;
    default:
      g_assert_not_reached ();
    }
}

gsize
herald_text_length_count (const char     *text,
                          HeraldTextUnit  unit)
{
  HeraldTextLength length;

  herald_text_length_measure (text, unit, &length);

  return length.count;
}

/* Bytes of @text before which it can be cut, the last of those up to @length */
static gsize
find_border (const char *borders,
             gsize       length)
{
  while (length > 0 && !borders[length])
    length--;

  return length;
}

/* Bytes of the pieces X counts that weigh at most @max */
static gsize
fit_weight (const char *text,
            gsize       max)
{
  Weighing weighing;
  gsize count = 0;
  gsize fitting = 0;

  begin_weighing (&weighing, text);
  while (weighing.at < weighing.text.n_units && (count += take_piece (&weighing)) <= max)
    fitting = weighing.text.bytes[weighing.at];
  end_weighing (&weighing);

  return fitting;
}

/* Only borders are looked at: one character less in the other alphabet can count more, because `€` takes two septets. */
static gsize
fit_sms (const char *text,
         const char *borders,
         gsize       max)
{
  gsize septets = 0;
  gsize units = 0;
  gboolean is_gsm = TRUE;
  gsize fitting = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      SmsChar c = measure_sms_char (p);
      gsize next;

      is_gsm = is_gsm && c.septets > 0;
      septets += c.septets;
      units += c.units;
      next = (gsize) (g_utf8_next_char (p) - text);
      if ((is_gsm ? septets : units) <= max && (text[next] == '\0' || borders[next]))
        fitting = next;
    }

  return fitting;
}

/* Where to cut instead of @length, so that no link is parted: one can end within a character, before a mark. */
static gsize
leave_link (GArray *links,
            gsize   length)
{
  for (guint i = 0; i < links->len; i++)
    {
      const HeraldTextLink *link = &g_array_index (links, HeraldTextLink, i);

      if (link->start < length && length < link->start + link->length)
        return link->start;
    }

  return length;
}

/* Like fit_weight(), on a border, and counted once more: what is cut off can make a link of what is left. */
static gsize
fit_weight_on_border (const char *text,
                      const char *borders,
                      gsize       max)
{
  g_autoptr(GArray) links = herald_text_links_find (text);
  gsize fitting = fit_weight (text, max);

  while (fitting > 0)
    {
      g_autofree char *beginning = NULL;

      fitting = find_border (borders, leave_link (links, fitting));
      if (leave_link (links, fitting) != fitting)
        continue;
      beginning = g_strndup (text, fitting);
      if (count_weight (beginning) <= max)
        break;
      fitting--;
    }

  return fitting;
}

/**
 * herald_text_length_fit:
 * @text: valid UTF-8
 * @unit: what @max counts
 *
 * Finds where to cut: on a border of what people call characters, for X also not in a link.
 *
 * Returns: bytes of the longest such beginning of @text that counts at most @max
 */
gsize
herald_text_length_fit (const char     *text,
                        HeraldTextUnit  unit,
                        gsize           max)
{
  gsize length = strlen (text);
  g_autofree char *borders = NULL;

  g_return_val_if_fail (g_utf8_validate (text, -1, NULL), 0);

  if (unit == HERALD_UNIT_CHARACTERS)
    return herald_graphemes_measure (text, max);
  if (length == 0 || herald_text_length_count (text, unit) <= max)
    return length;

  borders = herald_graphemes_find_borders (text, length);
  if (unit == HERALD_UNIT_WEIGHTED)
    return fit_weight_on_border (text, borders, max);

  if (unit == HERALD_UNIT_SMS)
    return fit_sms (text, borders, max);

  return find_border (borders, max);
}
