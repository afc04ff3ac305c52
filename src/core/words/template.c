/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-template"

#include "core/words/template.h"

#include <string.h>

#include "core/words/emoji.h"
#include "core/words/template-parser.h"

/* Pieces on their way, and the words since the last of them, which become one. */
typedef struct
{
  GPtrArray *pieces;
  GString *words;
  gsize room_bytes;
} Splitting;

HeraldTemplatePiece *
herald_template_piece_new_take (char                 *text,
                                const HeraldVariable *variable)
{
  HeraldTemplatePiece *self = g_new0 (HeraldTemplatePiece, 1);

  self->text = text;
  self->variable = variable;

  return self;
}

void
herald_template_piece_free (HeraldTemplatePiece *self)
{
  g_free (self->text);
  g_free (self);
}

static void
add_piece (Splitting            *splitting,
           const char           *text,
           const HeraldVariable *variable)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize length = strlen (valid);

  if (length > splitting->room_bytes)
    {
      const char *end = g_utf8_find_prev_char (valid, valid + splitting->room_bytes + 1);

      length = end != NULL ? (gsize) (end - valid) : 0;
      valid[length] = '\0';
      splitting->room_bytes = 0;
    }
  else
    splitting->room_bytes -= length;

  if (length > 0)
    g_ptr_array_add (splitting->pieces, herald_template_piece_new_take (g_steal_pointer (&valid), variable));
}

static void
flush_words (Splitting *splitting)
{
  g_autofree char *words = herald_emoji_expand (splitting->words->str);

  add_piece (splitting, words, NULL);
  g_string_truncate (splitting->words, 0);
}

/* In a fallback, only braces mean something: each is written twice. */
static void
add_fallback (Splitting                *splitting,
              const HeraldTemplatePart *part)
{
  for (gsize i = 0; i < part->fallback_length; i++)
    {
      char c = part->fallback[i];

      g_string_append_c (splitting->words, c);
      if (c == '{' || c == '}')
        i++;
    }
  flush_words (splitting);
}

/* The user's own words mean what they mean in a template, wherever they come from. */
static void
add_value (Splitting            *splitting,
           const char           *value,
           const HeraldVariable *variable)
{
  g_autofree char *expanded = variable->nature == HERALD_VARIABLE_OWN ? herald_emoji_expand (value) : NULL;

  add_piece (splitting, expanded != NULL ? expanded : value, variable);
}

/* A name that is not known has no value. */
static void
add_variable (Splitting                *splitting,
              const HeraldTemplatePart *part,
              HeraldValues             *values)
{
  g_autofree char *name = herald_template_part_dup_name (part);
  const HeraldVariable *variable = herald_variable_find (name);
  const char *value = variable != NULL ? herald_values_get (values, name) : NULL;

  flush_words (splitting);
  if (value == NULL || *value == '\0')
    add_fallback (splitting, part);
  else
    add_value (splitting, value, variable);
}

/**
 * herald_template_split:
 * @text: a template: `{name}` stands for a value, `{name|fallback}` for a value
 *   or, if it is not known or empty, for words; `{{` and `}}` for a brace
 * @values: what the names stand for
 *
 * Puts the values in, and emoji in place of their names. A value is never looked at again, so braces in a file
 * name do no harm. A name without a value leaves nothing behind: whoever reads
 * the message cannot mend the template (herald_template_check() tells who can).
 *
 * Returns: (transfer full) (element-type HeraldTemplatePiece): the pieces in their order, together at most
 *   HERALD_TEMPLATE_MAX_BYTES
 */
GPtrArray *
herald_template_split (const char   *text,
                       HeraldValues *values)
{
  Splitting splitting = {
    .pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free),
    .words = g_string_new (NULL),
    .room_bytes = HERALD_TEMPLATE_MAX_BYTES,
  };

  for (HeraldTemplatePart part = herald_template_part_at (text);
       part.kind != HERALD_PART_END && splitting.room_bytes > 0;
       part = herald_template_part_next (&part))
    {
      if (part.kind == HERALD_PART_VARIABLE)
        add_variable (&splitting, &part, values);
      else if (part.kind == HERALD_PART_BRACE)
        g_string_append_c (splitting.words, *part.start);
      else
        g_string_append_len (splitting.words, part.start, (gssize) part.length);
    }
  flush_words (&splitting);
  g_string_free (splitting.words, TRUE);

  return splitting.pieces;
}

/**
 * herald_template_join:
 * @pieces: (element-type HeraldTemplatePiece): pieces in their order
 *
 * Returns: (transfer full): the text
 */
char *
herald_template_join (GPtrArray *pieces)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);

      g_string_append (text, piece->text);
    }

  return g_string_free (text, FALSE);
}

/**
 * herald_template_expand:
 * @text: a template
 * @values: what its names stand for
 *
 * Returns: (transfer full): what herald_template_split() makes of it, as one text
 */
char *
herald_template_expand (const char   *text,
                        HeraldValues *values)
{
  g_autoptr(GPtrArray) pieces = herald_template_split (text, values);

  return herald_template_join (pieces);
}

/**
 * herald_template_uses:
 * @text: a template
 * @name: of a variable
 *
 * Returns: whether the value of @name can be seen in what @text becomes
 */
gboolean
herald_template_uses (const char *text,
                      const char *name)
{
  for (HeraldTemplatePart part = herald_template_part_at (text);
       part.kind != HERALD_PART_END;
       part = herald_template_part_next (&part))
    {
      if (part.kind == HERALD_PART_VARIABLE && strlen (name) == part.name_length &&
          strncmp (part.start + 1, name, part.name_length) == 0)
        return TRUE;
    }

  return FALSE;
}
