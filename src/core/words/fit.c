/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-fit"

#include "core/words/fit.h"

#include <string.h>

#include "core/words/graphemes.h"
#include "core/words/text-gsm.h"
#include "core/words/text-length.h"
#include "core/words/text-links.h"

/* No level: nothing of that nature is shortened. */
#define UNLIMITED G_MAXSIZE

/**
 * Fitting:
 * @counts: (array): how many characters each of @pieces has; %NULL as long as nothing is shortened
 * @levels: how many characters a value of each nature may have
 * @text: @pieces with values shortened as @levels say
 * @length: of @text
 */
typedef struct
{
  GPtrArray *pieces;
  gsize *counts;
  const HeraldTextForm *form;
  gsize max;
  gsize levels[HERALD_VARIABLE_OWN + 1];
  GString *text;
  HeraldTextLength length;
} Fitting;

static gboolean
is_name (const HeraldTemplatePiece *piece)
{
  return piece->variable != NULL && piece->variable->nature == HERALD_VARIABLE_NAME;
}

static gboolean
is_figure (const HeraldTemplatePiece *piece)
{
  return piece->variable != NULL && piece->variable->nature == HERALD_VARIABLE_FIGURE;
}

static char *
dress_value (const HeraldTemplatePiece *piece,
             const HeraldTextForm      *form,
             const char                *text)
{
  if (form->reach == HERALD_REACH_PUBLIC && is_name (piece))
    return herald_text_links_make_harmless (text);

  return g_strdup (text);
}

/* Takes @text, which may be %NULL for one that cannot be said. */
static gboolean
take_piece (GPtrArray                 *pieces,
            const HeraldTemplatePiece *piece,
            char                      *text)
{
  if (text == NULL)
    return FALSE;

  if (*text != '\0')
    g_ptr_array_add (pieces, herald_template_piece_new_take (text, piece->variable));
  else
    g_free (text);

  return TRUE;
}

/* %NULL if there is a character that SMS cannot say plainly: then nothing is gained by changing the others. */
static GPtrArray *
transliterate (GPtrArray *pieces)
{
  g_autoptr(GPtrArray) plain = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free);

  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);

      if (!take_piece (plain, piece, herald_gsm_transliterate (piece->text)))
        return NULL;
    }

  return g_steal_pointer (&plain);
}

GPtrArray *
herald_fit_dress (GPtrArray            *pieces,
                  const HeraldTextForm *form)
{
  g_autoptr(GPtrArray) dressed = form->unit == HERALD_UNIT_SMS ? transliterate (pieces) : NULL;

  if (dressed != NULL)
    return g_steal_pointer (&dressed);

  dressed = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free);
  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);

      take_piece (dressed, piece, dress_value (piece, form, piece->text));
    }

  return g_steal_pointer (&dressed);
}

static void
trim_end (GString *text)
{
  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);
}

/* The first characters of a value and the ellipsis, @level in all. Cutting can make a top-level domain of a longer
 * word, so that what is left is dressed again. */
static char *
shorten_value (const HeraldTemplatePiece *piece,
               const HeraldTextForm      *form,
               gsize                      level)
{
  gsize kept = level - herald_graphemes_count (form->ellipsis);
  g_autoptr(GString) text = g_string_new_len (piece->text, (gssize) herald_graphemes_measure (piece->text, kept));
  g_autofree char *dressed = NULL;

  trim_end (text);
  dressed = dress_value (piece, form, text->str);

  return g_strconcat (dressed, form->ellipsis, NULL);
}

static gboolean
is_shortened (const Fitting *self,
              guint          i)
{
  const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);
  gsize level = piece->variable != NULL ? self->levels[piece->variable->nature] : UNLIMITED;

  return level != UNLIMITED && self->counts[i] > level;
}

static void
append_piece (const Fitting *self,
              GString       *text,
              guint          i)
{
  const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);
  g_autofree char *shortened = NULL;

  if (is_shortened (self, i))
    shortened = shorten_value (piece, self->form, self->levels[piece->variable->nature]);
  g_string_append (text, shortened != NULL ? shortened : piece->text);
}

static gboolean
compose_and_try (Fitting *self)
{
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < self->pieces->len; i++)
    append_piece (self, self->text, i);
  herald_text_length_measure (self->text->str, self->form->unit, &self->length);

  return self->length.count <= self->max;
}

static void
count_pieces (Fitting *self)
{
  self->counts = g_new (gsize, self->pieces->len);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);

      self->counts[i] = herald_graphemes_count (piece->text);
    }
}

/* A level, and what the text counts with it */
typedef struct
{
  gsize level;
  gsize count;
} Try;

/* Most characters count the same, so that a straight line between two tries leads to the level that is looked for at once;
 * each third time the middle is taken, for the texts with which it does not. */
static gsize
choose_level (const Fitting *self,
              const Try     *low,
              const Try     *high,
              guint          step)
{
  gsize distance = high->level - low->level;

  if (step % 3 == 2)
    return low->level + distance / 2;

  return low->level + CLAMP ((self->max - low->count) * distance / (high->count - low->count), 1, distance - 1);
}

/* Finds the highest level of values of @nature with which all fits; the lowest if none does. */
static gboolean
find_level (Fitting              *self,
            HeraldVariableNature  nature)
{
  Try low = { HERALD_FIT_SHORTEST_VALUE, 0 };
  Try high = { 0, self->length.count };

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->variable != NULL && piece->variable->nature == nature)
        high.level = MAX (high.level, self->counts[i]);
    }
  if (high.level <= low.level)
    return FALSE;

  self->levels[nature] = low.level;
  if (!compose_and_try (self))
    return FALSE;
  low.count = self->length.count;

  for (guint step = 0; high.level - low.level > 1 && low.count < self->max; step++)
    {
      Try next = { choose_level (self, &low, &high, step), 0 };
      gboolean fits;

      self->levels[nature] = next.level;
      fits = compose_and_try (self);
      next.count = self->length.count;
      *(fits ? &low : &high) = next;
    }
  if (self->levels[nature] != low.level)
    {
      self->levels[nature] = low.level;
      compose_and_try (self);
    }

  return TRUE;
}

/* Whether half of it would be something else: another figure, or a link where there was none */
static gboolean
is_indivisible (const Fitting             *self,
                const HeraldTemplatePiece *piece)
{
  return is_figure (piece) || (is_name (piece) && self->form->reach == HERALD_REACH_PUBLIC);
}

/* Where to cut instead of @length: before a value that it would part and that must not be */
static gsize
keep_whole (const Fitting *self,
            gsize          length)
{
  g_autoptr(GString) text = g_string_sized_new (self->text->len);

  for (guint i = 0; i < self->pieces->len && text->len < length; i++)
    {
      gsize start = text->len;

      append_piece (self, text, i);
      if (length < text->len && is_indivisible (self, g_ptr_array_index (self->pieces, i)))
        return start;
    }

  return length;
}

/* Leaves the beginning of the text, and the ellipsis if there is room for it. */
static void
cut_end (Fitting *self)
{
  gsize ellipsis_count = herald_text_length_count (self->form->ellipsis, self->form->unit);
  const char *ellipsis = ellipsis_count <= self->max ? self->form->ellipsis : "";
  gsize room = *ellipsis != '\0' ? self->max - ellipsis_count : self->max;
  g_autofree char *text = g_strdup (self->text->str);

  for (;; room--)
    {
      gsize length = herald_text_length_fit (text, self->form->unit, room);

      g_string_truncate (self->text, 0);
      g_string_append_len (self->text, text, (gssize) keep_whole (self, length));
      trim_end (self->text);
      g_string_append (self->text, ellipsis);
      herald_text_length_measure (self->text->str, self->form->unit, &self->length);
      /* What was parted from its rest can be a link now, and count more. */
      if (room == 0 || self->length.count <= self->max)
        return;
    }
}

/* The longest, if several were */
static const HeraldVariable *
find_shortened (const Fitting *self)
{
  const HeraldVariable *longest = NULL;
  gsize most = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);

      if (is_shortened (self, i) && self->counts[i] > most)
        {
          longest = piece->variable;
          most = self->counts[i];
        }
    }

  return longest;
}

/**
 * herald_fit:
 * @pieces: (element-type HeraldTemplatePiece): a text and whose words they are
 * @form: how it goes out
 * @max: how much there may be, in the form's unit
 * @report: (out caller-allocates) (optional): what had to be done
 *
 * Returns: (transfer full): the text, which counts at most @max
 */
char *
herald_fit (GPtrArray            *pieces,
            const HeraldTextForm *form,
            gsize                 max,
            HeraldFitReport      *report)
{
  g_autoptr(GPtrArray) dressed = herald_fit_dress (pieces, form);
  Fitting self = {
    .pieces = dressed,
    .form = form,
    .max = max,
    .levels = { UNLIMITED, UNLIMITED, UNLIMITED },
    .text = g_string_new (NULL),
  };
  HeraldFitReport result = { .surplus = 0 };

  if (!compose_and_try (&self))
    {
      result.surplus = self.length.count - max;
      count_pieces (&self);
      if (find_level (&self, HERALD_VARIABLE_NAME) || find_level (&self, HERALD_VARIABLE_OWN))
        result.shortened = find_shortened (&self);
      else
        cut_end (&self);
      g_free (self.counts);
    }
  result.length = self.length;
  if (report != NULL)
    *report = result;

  return g_string_free (self.text, FALSE);
}
