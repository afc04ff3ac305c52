/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-words"

#include "core/words/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/words/emoji.h"
#include "core/words/fit.h"
#include "core/words/template.h"

/* Stands at both ends of a piece while others look at it, who would take the spaces there away */
#define GUARD "|"

static char *
guard (const char *text)
{
  return g_strconcat (GUARD, text, GUARD, NULL);
}

/* Takes @guarded. */
static char *
unguard (char *guarded)
{
  gsize length = strlen (guarded);

  g_return_val_if_fail (length >= 2, guarded);

  memmove (guarded, guarded + 1, length - 2);
  guarded[length - 2] = '\0';

  return guarded;
}

static void
take_text (HeraldTemplatePiece *piece,
           char                *text)
{
  g_free (piece->text);
  piece->text = text;
}

static void
clean (GPtrArray *pieces,
       gboolean   on_one_line)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);
      g_autofree char *guarded = guard (piece->text);

      take_text (piece, unguard (on_one_line ? herald_text_clean (guarded, G_MAXINT)
                                             : herald_text_clean_lines (guarded, G_MAXINT)));
    }
}

static void
strip_emoji (GPtrArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);
      g_autofree char *guarded = guard (piece->text);

      take_text (piece, unguard (herald_emoji_strip (guarded)));
    }
}

/* Takes the space away that ends what has been said so far. */
static void
drop_last_space (GPtrArray *pieces,
                 guint      n_pieces)
{
  for (guint i = n_pieces; i > 0; i--)
    {
      HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i - 1);
      gsize length = strlen (piece->text);

      if (length == 0)
        continue;
      if (piece->text[length - 1] == ' ')
        piece->text[length - 1] = '\0';
      return;
    }
}

/* A value that is not known leaves two spaces behind, or one at an end of its line. */
static void
close_gaps (GPtrArray *pieces)
{
  char last = '\0';

  for (guint i = 0; i < pieces->len; i++)
    {
      HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);
      char *to = piece->text;

      for (const char *from = piece->text; *from != '\0'; from++)
        {
          if (*from == ' ' && (last == '\0' || last == ' ' || last == '\n'))
            continue;
          if (*from == '\n' && last == '\0')
            continue;
          if (*from == '\n' && last == ' ')
            {
              if (to > piece->text)
                to--;
              else
                drop_last_space (pieces, i);
            }
          last = *from;
          *to++ = *from;
        }
      *to = '\0';
    }
}

/* Nothing ends with a space, and a piece of which nothing is left is none. */
static void
drop_empty (GPtrArray *pieces)
{
  gboolean at_end = TRUE;

  for (guint i = pieces->len; i > 0; i--)
    {
      HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i - 1);

      if (at_end)
        g_strchomp (piece->text);
      if (*piece->text == '\0')
        g_ptr_array_remove_index (pieces, i - 1);
      else
        at_end = FALSE;
    }
}

static GPtrArray *
make_pieces (const HeraldTextForm *form,
             const char           *text,
             HeraldValues         *values,
             gboolean              on_one_line)
{
  GPtrArray *pieces = herald_template_split (text, values);

  clean (pieces, on_one_line);
  if (!form->keeps_emoji)
    strip_emoji (pieces);
  close_gaps (pieces);
  drop_empty (pieces);

  return pieces;
}

/* Where there is no title, the printer's name comes first; unless the words name it themselves. */
static void
add_lead (GPtrArray            *pieces,
          const HeraldTextForm *form,
          const char           *text,
          HeraldValues         *values)
{
  const char *printer = herald_values_get (values, "printer");
  g_autoptr(GPtrArray) lead = NULL;
  guint n_lead;

  if (pieces->len == 0 || form->title_max > 0 || form->lead == NULL || printer == NULL || *printer == '\0' ||
      herald_template_uses (text, "printer"))
    return;

  lead = herald_template_split (_(form->lead), values);
  n_lead = lead->len;
  for (guint i = 0; i < n_lead; i++)
    g_ptr_array_insert (pieces, (int) i, g_ptr_array_steal_index (lead, 0));
}

static char *
make_title (const HeraldTextForm *form,
            const char           *title,
            HeraldValues         *values)
{
  g_autoptr(GPtrArray) pieces = NULL;

  if (form->title_max == 0)
    return g_strdup ("");

  pieces = make_pieces (form, title, values, TRUE);

  return herald_fit (pieces, form, form->title_max);
}

static const HeraldVariable *
find_longest (GPtrArray            *pieces,
              HeraldVariableNature  nature)
{
  const HeraldVariable *longest = NULL;
  gsize most = HERALD_FIT_SHORTEST_VALUE;

  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);
      gsize length;

      if (piece->variable == NULL || piece->variable->nature != nature)
        continue;
      length = herald_text_length_count (piece->text, HERALD_UNIT_CHARACTERS);
      if (length > most)
        {
          most = length;
          longest = piece->variable;
        }
    }

  return longest;
}

/* Whether in @text all that cannot be shortened is still there, in its order; else its end was cut off */
static gboolean
is_whole (GPtrArray  *pieces,
          const char *text)
{
  const char *rest = text;

  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);

      if (piece->variable != NULL && piece->variable->nature != HERALD_VARIABLE_FIGURE)
        continue;
      rest = strstr (rest, piece->text);
      if (rest == NULL)
        return FALSE;
      rest += strlen (piece->text);
    }

  return TRUE;
}

/* Whose value was shortened first, or %NULL */
static const HeraldVariable *
find_shortened (GPtrArray  *pieces,
                const char *text)
{
  const HeraldVariable *longest = NULL;

  if (!is_whole (pieces, text))
    return NULL;

  longest = find_longest (pieces, HERALD_VARIABLE_NAME);

  return longest != NULL ? longest : find_longest (pieces, HERALD_VARIABLE_OWN);
}

/**
 * herald_words_new:
 * @form: (nullable): what they must look like; %NULL for words as in a mail
 * @title: a template
 * @text: a template
 * @values: all that an event of that kind has
 *
 * Returns: (transfer full): what is said
 */
HeraldWords *
herald_words_new (const HeraldTextForm *form,
                  const char           *title,
                  const char           *text,
                  HeraldValues         *values)
{
  HeraldWords *self = g_new0 (HeraldWords, 1);
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GPtrArray) dressed = NULL;
  g_autofree char *whole = NULL;
  gsize length;

  if (form == NULL)
    form = herald_text_form_find ("email");

  self->title = make_title (form, title, values);

  pieces = make_pieces (form, text, values, FALSE);
  add_lead (pieces, form, text, values);
  dressed = herald_fit_dress (pieces, form);
  whole = herald_template_join (dressed);
  length = herald_text_length_count (whole, form->unit);
  self->text = herald_fit (pieces, form, form->text_max);
  herald_text_length_measure (self->text, form->unit, &self->length);
  if (length > form->text_max)
    {
      self->surplus = length - form->text_max;
      self->shortened = find_shortened (dressed, self->text);
    }

  return self;
}

void
herald_words_free (HeraldWords *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

gboolean
herald_words_are_empty (HeraldWords *self)
{
  return *self->title == '\0' && *self->text == '\0';
}
