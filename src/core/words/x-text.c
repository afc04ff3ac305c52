/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-text"

#include "core/words/x-text.h"

#include <string.h>

#include "core/words/graphemes.h"
#include "core/words/text-tables.h"

/* Ranges in which nothing changes in form C, whatever stands before or after within its cluster, as long as that is
 * in one of them too. What lies elsewhere is normalized, which takes fifty times as long. */
static gboolean
is_normal (gunichar c)
{
  static const HeraldCharRange normal[] = {
    { 0x400, 0x482 }, { 0x48a, 0x52f }, { 0x200b, 0x200d }, { 0x2010, 0x205e }, { 0x2070, 0x20cf }, { 0x20e3, 0x20e3 },
    { 0x2190, 0x2328 }, { 0x232b, 0x2adb }, { 0x2b00, 0x2bff }, { 0x3001, 0x3029 }, { 0x3041, 0x3096 },
    { 0x30a1, 0x30ff }, { 0x4e00, 0x9fff }, { 0xac00, 0xd7a3 }, { 0xfe0e, 0xfe0f }, { 0xff01, 0xff9d },
    { 0x1f000, 0x1faff }, { 0xe0020, 0xe007f },
  };

  if (c < 0x300)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (normal) && c >= normal[i].first; i++)
    {
      if (c <= normal[i].last)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_text_normal (const char *text,
                const char *end)
{
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      if ((guchar) *p >= 0xcc && !is_normal (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}

static void
append (HeraldXText *self,
        gunichar     c,
        gsize        byte)
{
  self->bytes[self->n_units] = (guint32) byte;
  if (c < 0x10000)
    {
      self->units[self->n_units++] = (guint16) c;
      return;
    }

  self->bytes[self->n_units + 1] = (guint32) byte;
  self->units[self->n_units++] = (guint16) (0xd7c0 + (c >> 10));
  self->units[self->n_units++] = (guint16) (0xdc00 + (c & 0x3ff));
}

static void
append_normal (HeraldXText *self,
               const char  *start,
               const char  *end,
               const char  *origin)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    append (self, (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p), (gsize) (p - origin));
}

/* @text from @start to @end is one cluster. Form C never changes anything across their borders. */
static void
append_cluster (HeraldXText *self,
                const char  *text,
                gsize        start,
                gsize        end)
{
  g_autofree char *composed = NULL;

  if (!is_text_normal (text + start, text + end))
    composed = g_utf8_normalize (text + start, (gssize) (end - start), G_NORMALIZE_NFC);
  if (composed == NULL || (strlen (composed) == end - start && memcmp (composed, text + start, end - start) == 0))
    {
      append_normal (self, text + start, text + end, text);
      return;
    }

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    append (self, g_utf8_get_char (p), start);
}

/**
 * herald_x_text_init:
 * @self: (out caller-allocates): what becomes of it
 * @text: valid UTF-8
 */
void
herald_x_text_init (HeraldXText *self,
                    const char  *text)
{
  g_autofree char *borders = NULL;
  gsize length = strlen (text);

  /* Form C makes at most three times as many bytes (Unicode UAX 15, chapter 9), and each unit comes of one at least. */
  self->units = g_new (guint16, 3 * length + 1);
  self->bytes = g_new (guint32, 3 * length + 2);
  self->n_units = 0;

  if (is_text_normal (text, text + length))
    {
      append_normal (self, text, text + length, text);
    }
  else
    {
      borders = herald_graphemes_find_borders (text, length);
      for (gsize start = 0, end = 0; start < length; start = end)
        {
          for (end = start + 1; end < length && !borders[end]; end++)
            ;
          append_cluster (self, text, start, end);
        }
    }
  self->units[self->n_units] = 0;
  self->bytes[self->n_units] = (guint32) length;
}

void
herald_x_text_clear (HeraldXText *self)
{
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->bytes, g_free);
}

/**
 * herald_x_text_get:
 * @at: smaller than the number of units
 * @n_units: (out): of the character
 *
 * Returns: the character
 */
gunichar
herald_x_text_get (const HeraldXText *self,
                   gsize              at,
                   gsize             *n_units)
{
  gunichar unit = self->units[at];

  *n_units = 1;
  if (unit < 0xd800 || unit > 0xdbff || at + 1 >= self->n_units)
    return unit;

  *n_units = 2;

  return 0x10000 + ((unit - 0xd800) << 10) + (self->units[at + 1] - 0xdc00u);
}

static gboolean
is_in_set (const HeraldCharSet *set,
           gunichar             c)
{
  for (guint i = set->start; i < (guint) set->start + set->n_ranges; i++)
    {
      if (c <= herald_emoji_ranges[i].last)
        return c >= herald_emoji_ranges[i].first;
    }

  return FALSE;
}

/* Whether @c can be the second code point of an emoji */
static gboolean
is_second (gunichar c)
{
  return c == 0xfe0f || c == 0x200d || c == 0x20e3 || (c >= 0x1f1e6 && c <= 0x1f1ff) || (c >= 0x1f3fb && c <= 0x1f3ff) ||
         c == 0xe0067;
}

static gsize
match_sequence (const HeraldXText        *text,
                gsize                     at,
                const HeraldCharSequence *sequence)
{
  gsize next = at;

  for (guint i = 0; i < sequence->n_sets; i++)
    {
      gsize n_units = 0;

      if (next >= text->n_units || !is_in_set (&sequence->sets[i], herald_x_text_get (text, next, &n_units)))
        return 0;
      next += n_units;
    }

  return next - at;
}

gsize
herald_x_emoji_match (const HeraldXText *text,
                      gsize              at)
{
  gsize n_units = 0;
  gsize second = 0;

  herald_x_text_get (text, at, &n_units);
  if (at + n_units >= text->n_units || text->units[at + n_units] < 0x200d ||
      !is_second (herald_x_text_get (text, at + n_units, &second)))
    return 0;

  for (gsize i = 0; i < herald_emoji_sequences_length; i++)
    {
      n_units = match_sequence (text, at, &herald_emoji_sequences[i]);
      if (n_units > 0)
        return n_units;
    }

  return 0;
}
