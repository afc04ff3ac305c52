/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-help-document"

#include "window/help/help-document.h"

#include <string.h>

#include "window/help/help-inline.h"

#define CODE_INDENT 4
#define HEADING_MAX 6
#define COMMENT "<!--"

/* Stands for a bar of a cell while cells are parted; no page has it. */
#define ESCAPED_BAR "\x1f"

/* A page being read
 * @next: the line to be looked at; the lines end with NULL
 * @indent: how far the text of the item is in that we are in; 0 outside of lists */
typedef struct
{
  char **next;
  gsize indent;
  guint depth;
  GPtrArray *blocks;
  HeraldHelpTranslate translate;
  gpointer user_data;
} Reader;

static void
block_free (HeraldHelpBlock *block)
{
  g_free (block->text);
  g_free (block->marker);
  g_free (block->target);
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_free (block);
}

static HeraldHelpBlock *
add_block (Reader         *reader,
           HeraldHelpKind  kind,
           guint           level,
           char           *taken_text)
{
  HeraldHelpBlock *block = g_new0 (HeraldHelpBlock, 1);

  block->kind = kind;
  block->level = level;
  block->text = taken_text;
  g_ptr_array_add (reader->blocks, block);

  return block;
}

static const char *
translate_words (Reader     *reader,
                 const char *words)
{
  return *words != '\0' ? reader->translate (words, reader->user_data) : words;
}

static char *
dup_markup (Reader     *reader,
            const char *words)
{
  return herald_help_inline_to_markup (translate_words (reader, words));
}

static gsize
get_indent (const char *line)
{
  return strspn (line, " ");
}

/* Returns: how long “- ” or “12. ” is; 0 if the line is no item */
static gsize
get_marker_length (const char *line)
{
  gsize n_digits = strspn (line, "0123456789");

  if ((line[0] == '-' || line[0] == '*') && line[1] == ' ')
    return 2;
  if (n_digits > 0 && line[n_digits] == '.' && line[n_digits + 1] == ' ')
    return n_digits + 2;

  return 0;
}

static gboolean
is_picture (const char *line)
{
  return g_str_has_prefix (line, "![") && strstr (line, "](") != NULL && g_str_has_suffix (line, ")");
}

/* Whether a paragraph ends before this line, without a blank one */
static gboolean
begins_block (const char *line)
{
  const char *text = line + get_indent (line);

  return *text == '\0' || *text == '#' || *text == '|' || g_str_has_prefix (text, "```") || is_picture (text) ||
         g_str_has_prefix (text, COMMENT) || get_marker_length (text) > 0;
}

static void
read_heading (Reader *reader)
{
  const char *line = *reader->next++;
  gsize level = strspn (line, "#");
  const char *words = line + level + strspn (line + level, " ");
  HeraldHelpBlock *block =
    add_block (reader, HERALD_HELP_HEADING, (guint) MIN (level, HEADING_MAX), dup_markup (reader, words));

  block->target = herald_help_inline_make_anchor (words);
  reader->indent = 0;
}

static void
read_fence (Reader *reader)
{
  GString *code = g_string_new (NULL);
  gsize indent = get_indent (*reader->next);

  for (reader->next++; *reader->next != NULL && !g_str_has_prefix (*reader->next + get_indent (*reader->next), "```");
       reader->next++)
    g_string_append_printf (code, "%s%s", code->len > 0 ? "\n" : "", *reader->next + MIN (indent, get_indent (*reader->next)));
  if (*reader->next != NULL)
    reader->next++;
  add_block (reader, HERALD_HELP_CODE, reader->indent > 0 ? reader->depth : 0, g_string_free (code, FALSE));
}

static void
read_code (Reader *reader)
{
  GString *code = g_string_new (NULL);
  gsize indent = reader->indent + CODE_INDENT;

  for (; *reader->next != NULL && get_indent (*reader->next) >= indent; reader->next++)
    g_string_append_printf (code, "%s%s", code->len > 0 ? "\n" : "", *reader->next + indent);
  add_block (reader, HERALD_HELP_CODE, reader->indent > 0 ? reader->depth : 0, g_string_free (code, FALSE));
}

/* (transfer full): the cells of “| a | b |”; a bar behind a backslash parts nothing, not even in code */
static GStrv
split_row (Reader     *reader,
           const char *line)
{
  g_autoptr(GString) copy = g_string_new (line);
  char *inner;
  g_auto(GStrv) cells = NULL;
  GStrv result;
  guint n_cells;

  g_string_replace (copy, "\\|", ESCAPED_BAR, 0);
  inner = g_strstrip (copy->str);
  inner += *inner == '|' ? 1 : 0;
  if (g_str_has_suffix (inner, "|"))
    inner[strlen (inner) - 1] = '\0';
  cells = g_strsplit (inner, "|", -1);
  n_cells = g_strv_length (cells);
  result = g_new0 (char *, n_cells + 1);
  for (guint i = 0; i < n_cells; i++)
    result[i] = dup_markup (reader, g_strdelimit (g_strstrip (cells[i]), ESCAPED_BAR, '|'));

  return result;
}

static gboolean
is_separator (const char *line)
{
  return strspn (line, "|-: ") == strlen (line) && strchr (line, '-') != NULL;
}

static void
read_table (Reader *reader)
{
  HeraldHelpBlock *block = add_block (reader, HERALD_HELP_TABLE, 0, NULL);

  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (; *reader->next != NULL && **reader->next == '|'; reader->next++)
    {
      if (!is_separator (*reader->next))
        g_ptr_array_add (block->rows, split_row (reader, *reader->next));
    }
}

static void
read_picture (Reader *reader)
{
  const char *line = *reader->next + get_indent (*reader->next);
  const char *middle = strstr (line, "](");
  g_autofree char *words = g_strndup (line + 2, (gsize) (middle - line) - 2);
  HeraldHelpBlock *block = add_block (reader, HERALD_HELP_PICTURE, 0, g_strdup (translate_words (reader, words)));

  block->target = g_strndup (middle + 2, strlen (middle + 2) - 1);
  reader->next++;
}

/* What one script tells another of the page */
static void
skip_comment (Reader *reader)
{
  while (*reader->next != NULL && strstr (*reader->next, "-->") == NULL)
    reader->next++;
  if (*reader->next != NULL)
    reader->next++;
}

/* The lines of a paragraph or an item, from @first on */
static char *
read_words (Reader     *reader,
            const char *first)
{
  GString *words = g_string_new (first);
  g_autofree char *all = NULL;

  for (reader->next++; *reader->next != NULL && !begins_block (*reader->next); reader->next++)
    {
      const char *line = *reader->next + get_indent (*reader->next);

      g_string_append_c (words, ' ');
      g_string_append (words, line);
    }
  all = g_string_free (words, FALSE);

  return dup_markup (reader, g_strchomp (all));
}

static void
read_item (Reader *reader)
{
  const char *line = *reader->next;
  gsize indent = get_indent (line);
  gsize length = get_marker_length (line + indent);
  gboolean is_number = g_ascii_isdigit (line[indent]);
  g_autofree char *marker = is_number ? g_strndup (line + indent, length - 1) : g_strdup ("•");
  HeraldHelpBlock *block;

  reader->depth = indent >= 2 && reader->indent > 0 ? 1 : 0;
  reader->indent = indent + length;
  block = add_block (reader, HERALD_HELP_ITEM, reader->depth, read_words (reader, line + indent + length));
  block->marker = g_steal_pointer (&marker);
}

static void
read_text (Reader *reader)
{
  const char *line = *reader->next;
  gsize indent = get_indent (line);
  char *markup;

  if (indent == 0)
    reader->indent = 0;
  markup = read_words (reader, line + indent);
  add_block (reader, reader->indent > 0 ? HERALD_HELP_ITEM : HERALD_HELP_PARAGRAPH,
             reader->indent > 0 ? reader->depth : 0, markup);
}

static void
read_block (Reader *reader)
{
  const char *line = *reader->next;
  const char *text = line + get_indent (line);

  if (*text == '\0')
    reader->next++;
  else if (g_str_has_prefix (text, "```"))
    read_fence (reader);
  else if (get_indent (line) >= reader->indent + CODE_INDENT)
    read_code (reader);
  else if (g_str_has_prefix (text, COMMENT))
    skip_comment (reader);
  else if (*line == '#')
    read_heading (reader);
  else if (*line == '|')
    read_table (reader);
  else if (is_picture (text))
    read_picture (reader);
  else if (get_marker_length (text) > 0)
    read_item (reader);
  else
    read_text (reader);
}

GPtrArray *
herald_help_document_parse (const char          *markdown,
                            HeraldHelpTranslate  translate,
                            gpointer             user_data)
{
  g_auto(GStrv) lines = g_strsplit (markdown, "\n", -1);
  Reader reader = {
    .next = lines,
    .blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free),
    .translate = translate,
    .user_data = user_data,
  };

  while (*reader.next != NULL)
    read_block (&reader);

  return reader.blocks;
}

static gboolean
contains (const char *text,
          const char *folded_words)
{
  g_autofree char *folded_text = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded_text != NULL && strstr (folded_text, folded_words) != NULL;
}

static gboolean
block_contains (HeraldHelpBlock *block,
                const char      *folded_words)
{
  for (guint i = 0; block->rows != NULL && i < block->rows->len; i++)
    {
      for (char **cell = g_ptr_array_index (block->rows, i); *cell != NULL; cell++)
        {
          if (contains (*cell, folded_words))
            return TRUE;
        }
    }

  return contains (block->text, folded_words);
}

gboolean
herald_help_document_contains (GPtrArray  *blocks,
                               const char *words)
{
  g_autofree char *folded_words = g_utf8_casefold (words, -1);

  for (guint i = 0; i < blocks->len; i++)
    {
      if (block_contains (g_ptr_array_index (blocks, i), folded_words))
        return TRUE;
    }

  return FALSE;
}
