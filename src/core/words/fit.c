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
 * @levels: how many characters a value of each nature may have
 */
typedef struct
{
  GPtrArray *pieces;
  const HeraldTextForm *form;
  gsize max;
  gsize levels[HERALD_VARIABLE_OWN + 1];
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

static gboolean
add_piece (GPtrArray                 *pieces,
           const HeraldTemplatePiece *piece,
           char                      *text)
{
  if (text == NULL)
    return FALSE;

  if (*text != '\0')
    g_ptr_array_add (pieces, herald_template_piece_new (text, piece->variable));
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

      if (!add_piece (plain, piece, herald_gsm_transliterate (piece->text)))
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

      add_piece (dressed, piece, dress_value (piece, form, piece->text));
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

static char *
dup_shortened (const Fitting             *self,
               const HeraldTemplatePiece *piece)
{
  gsize level = piece->variable != NULL ? self->levels[piece->variable->nature] : UNLIMITED;

  if (level == UNLIMITED || herald_graphemes_count (piece->text) <= level)
    return g_strdup (piece->text);

  return shorten_value (piece, self->form, level);
}

/* The text with values shortened as the levels say */
static char *
compose (const Fitting *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      g_autofree char *piece = dup_shortened (self, g_ptr_array_index (self->pieces, i));

      g_string_append (text, piece);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
does_fit (const Fitting *self)
{
  g_autofree char *text = compose (self);

  return herald_text_length_count (text, self->form->unit) <= self->max;
}

/* Finds the highest level of values of @nature with which all fits; the lowest if none does. */
static gboolean
find_level (Fitting              *self,
            HeraldVariableNature  nature)
{
  gsize low = HERALD_FIT_SHORTEST_VALUE;
  gsize high = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->variable != NULL && piece->variable->nature == nature)
        high = MAX (high, herald_graphemes_count (piece->text));
    }
  if (high <= low)
    return FALSE;

  self->levels[nature] = low;
  if (!does_fit (self))
    return FALSE;

  /* It fits at low, and does not at high. */
  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      self->levels[nature] = middle;
      if (does_fit (self))
        low = middle;
      else
        high = middle;
    }
  self->levels[nature] = low;

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
  gsize end = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (self->pieces, i);
      g_autofree char *text = dup_shortened (self, piece);
      gsize start = end;

      end += strlen (text);
      if (length > start && length < end && is_indivisible (self, piece))
        return start;
    }

  return length;
}

/* The beginning of the text, and the ellipsis if there is room for it */
static char *
cut_end (const Fitting *self)
{
  gsize ellipsis_count = herald_text_length_count (self->form->ellipsis, self->form->unit);
  const char *ellipsis = ellipsis_count <= self->max ? self->form->ellipsis : "";
  gsize room = *ellipsis != '\0' ? self->max - ellipsis_count : self->max;
  g_autofree char *text = compose (self);

  for (;; room--)
    {
      gsize length = herald_text_length_fit (text, self->form->unit, room);
      g_autoptr(GString) beginning = g_string_new_len (text, (gssize) keep_whole (self, length));

      trim_end (beginning);
      g_string_append (beginning, ellipsis);
      /* What was parted from its rest can be a link now, and count more. */
      if (room == 0 || herald_text_length_count (beginning->str, self->form->unit) <= self->max)
        return g_string_free (g_steal_pointer (&beginning), FALSE);
    }
}

/**
 * herald_fit:
 * @pieces: (element-type HeraldTemplatePiece): a text and whose words they are
 * @form: how it goes out
 * @max: how much there may be, in the form's unit
 *
 * Returns: (transfer full): the text, which counts at most @max
 */
char *
herald_fit (GPtrArray            *pieces,
            const HeraldTextForm *form,
            gsize                 max)
{
  g_autoptr(GPtrArray) dressed = herald_fit_dress (pieces, form);
  Fitting fitting = { dressed, form, max, { UNLIMITED, UNLIMITED, UNLIMITED } };

  if (does_fit (&fitting) || find_level (&fitting, HERALD_VARIABLE_NAME) || find_level (&fitting, HERALD_VARIABLE_OWN))
    return compose (&fitting);

  return cut_end (&fitting);
}
