/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-words"

#include "core/words/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/words/emoji.h"
#include "core/words/fit.h"
#include "core/words/template.h"
#include "core/words/text-links.h"

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

      take_text (piece, herald_text_clean_part (piece->text, !on_one_line));
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
split (const HeraldTextForm *form,
       const char           *text,
       HeraldValues         *values,
       gboolean              on_one_line)
{
  GPtrArray *pieces = herald_template_split (text, values);

  clean (pieces, on_one_line);
  if (!form->keeps_emoji)
    strip_emoji (pieces);

  return pieces;
}

static GPtrArray *
make_pieces (const HeraldTextForm *form,
             const char           *text,
             HeraldValues         *values,
             gboolean              on_one_line)
{
  GPtrArray *pieces = split (form, text, values, on_one_line);

  close_gaps (pieces);
  drop_empty (pieces);

  return pieces;
}

/* (nullable): %NULL if the printer has no name that can be said */
static GPtrArray *
make_lead (const HeraldTextForm *form,
           HeraldValues         *values)
{
  g_autoptr(GPtrArray) lead = split (form, _(form->lead), values, TRUE);
  gboolean has_name = FALSE;

  for (guint i = 0; i < lead->len; i++)
    {
      HeraldTemplatePiece *piece = g_ptr_array_index (lead, i);

      if (piece->variable != NULL)
        has_name = *g_strstrip (piece->text) != '\0' || has_name;
    }

  return has_name ? g_steal_pointer (&lead) : NULL;
}

/* Where there is no title, the printer's name comes first; unless the words name it themselves. */
static void
add_lead (GPtrArray            *pieces,
          const HeraldTextForm *form,
          const char           *text,
          HeraldValues         *values)
{
  g_autoptr(GPtrArray) lead = NULL;

  if (pieces->len == 0 || form->title_max > 0 || form->lead == NULL || herald_template_uses (text, "printer"))
    return;

  lead = make_lead (form, values);
  for (guint i = 0; lead != NULL && lead->len > 0; i++)
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

  return herald_fit (pieces, form, form->title_max, NULL);
}

/* (transfer full) (nullable): the first link that fitting takes out of the names */
static char *
find_disarmed (GPtrArray            *pieces,
               const HeraldTextForm *form)
{
  for (guint i = 0; form->reach == HERALD_REACH_PUBLIC && i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);
      gboolean is_name = piece->variable != NULL && piece->variable->nature == HERALD_VARIABLE_NAME;
      g_autoptr(GArray) links = NULL;

      if (!is_name || strchr (piece->text, '.') == NULL || !g_utf8_validate (piece->text, -1, NULL))
        continue;

      links = herald_text_links_find (piece->text);
      if (links->len > 0)
        return g_strndup (piece->text + g_array_index (links, HeraldTextLink, 0).start,
                          g_array_index (links, HeraldTextLink, 0).length);
    }

  return NULL;
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
  HeraldFitReport report;

  if (form == NULL)
    form = herald_text_form_find ("email");

  self->title = make_title (form, title, values);

  pieces = make_pieces (form, text, values, FALSE);
  add_lead (pieces, form, text, values);
  self->disarmed = find_disarmed (pieces, form);
  self->text = herald_fit (pieces, form, form->text_max, &report);
  self->length = report.length;
  self->surplus = report.surplus;
  self->shortened = report.shortened;

  return self;
}

void
herald_words_free (HeraldWords *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->disarmed);
  g_free (self);
}

gboolean
herald_words_are_empty (HeraldWords *self)
{
  return *self->title == '\0' && *self->text == '\0';
}
