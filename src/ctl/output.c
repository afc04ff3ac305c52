/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-output"

#include "ctl/output.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/text.h"
#include "ctl/human.h"

#define GAP "  "

/* One line of a table is read at a glance; what is longer is in --json. */
#define CELL_MAX_CHARS 60
#define FIELD_MAX_CHARS 4000
#define LABEL_CELLS 16

typedef struct
{
  char *text;
  HeraldTone tone;
} Cell;

/*
 * Rows of texts, aligned by their width on a terminal. The first row are the
 * headings.
 */
struct _HeraldTable
{
  guint n_columns;
  GArray *cells;
};

static void
cell_clear (gpointer data)
{
  Cell *cell = data;

  g_clear_pointer (&cell->text, g_free);
}

/**
 * herald_table_new:
 * @headings: (array zero-terminated=1): one for each column
 */
HeraldTable *
herald_table_new (const char *const *headings)
{
  HeraldTable *self = g_new0 (HeraldTable, 1);

  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, cell_clear);
  self->n_columns = g_strv_length ((char **) headings);
  for (guint i = 0; i < self->n_columns; i++)
    herald_table_add (self, headings[i], HERALD_TONE_HEADING);

  return self;
}

void
herald_table_free (HeraldTable *self)
{
  g_array_unref (self->cells);
  g_free (self);
}

/**
 * herald_table_add:
 * @text: (nullable): of the next cell, any bytes
 *
 * Fills the table from left to right, row by row.
 */
void
herald_table_add (HeraldTable *self,
                  const char  *text,
                  HeraldTone   tone)
{
  Cell cell = { herald_text_clean (text, CELL_MAX_CHARS), tone };

  g_array_append_val (self->cells, cell);
}

/* ECMA-48, “SGR”. */
static const char *
get_escape (HeraldTone tone)
{
  switch (tone)
    {
    case HERALD_TONE_HEADING:
      return "\033[1m";
    case HERALD_TONE_GOOD:
      return "\033[32m";
    case HERALD_TONE_BUSY:
      return "\033[33m";
    case HERALD_TONE_BAD:
      return "\033[31m";
    case HERALD_TONE_DIM:
      return "\033[2m";
    case HERALD_TONE_PLAIN:
    default:
      return NULL;
    }
}

static void
append_cell (GString    *lines,
             const Cell *cell,
             guint       width,
             gboolean    coloured,
             gboolean    last)
{
  const char *escape = coloured ? get_escape (cell->tone) : NULL;

  if (escape != NULL)
    g_string_append (lines, escape);
  g_string_append (lines, cell->text);
  if (escape != NULL)
    g_string_append (lines, "\033[0m");
  for (guint i = herald_human_get_width (cell->text); !last && i < width; i++)
    g_string_append_c (lines, ' ');
  g_string_append (lines, last ? "\n" : GAP);
}

/* A line that ends in empty cells does not end in spaces. */
static guint
find_last (HeraldTable *self,
           guint        row)
{
  guint last = row + self->n_columns - 1;

  while (last > row && *g_array_index (self->cells, Cell, last).text == '\0')
    last--;

  return last;
}

/**
 * herald_table_format:
 *
 * Returns: (transfer full): the lines
 */
char *
herald_table_format (HeraldTable *self,
                     gboolean     coloured)
{
  GString *lines = g_string_new (NULL);
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = herald_human_get_width (g_array_index (self->cells, Cell, i).text);

      widths[i % self->n_columns] = MAX (widths[i % self->n_columns], width);
    }

  for (guint row = 0; row + self->n_columns <= self->cells->len; row += self->n_columns)
    {
      guint last = find_last (self, row);

      for (guint i = row; i <= last; i++)
        append_cell (lines, &g_array_index (self->cells, Cell, i), widths[i - row], coloured,
                     i == last);
    }

  return g_string_free (lines, FALSE);
}

/* https://no-color.org */
static gboolean
wants_colours (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return herald_output_is_terminal () && (no_color == NULL || *no_color == '\0') &&
         g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

void
herald_table_print (HeraldTable *self)
{
  g_autofree char *lines = herald_table_format (self, wants_colours ());

  g_print ("%s", lines);
}

gboolean
herald_output_is_terminal (void)
{
  return isatty (STDOUT_FILENO) != 0;
}

/**
 * herald_output_print_field:
 * @label: translated
 * @value: (nullable): any bytes; nothing is printed if it is empty
 */
void
herald_output_print_field (const char *label,
                           const char *value)
{
  g_autofree char *clean = herald_text_clean_lines (value, FIELD_MAX_CHARS);
  g_auto(GStrv) lines = g_strsplit (clean, "\n", -1);
  int padding = LABEL_CELLS - (int) herald_human_get_width (label);

  if (*clean == '\0')
    return;

  g_print ("%s%*s%s\n", label, MAX (padding, 2), "", lines[0]);
  for (char **line = lines + 1; *line != NULL; line++)
    g_print ("%*s%s\n", LABEL_CELLS, "", *line);
}

/**
 * herald_output_print_warnings:
 * @sentences: (array zero-terminated=1) (nullable): for a person
 */
void
herald_output_print_warnings (const char *const *sentences)
{
  for (guint i = 0; sentences != NULL && sentences[i] != NULL; i++)
    {
      g_autofree char *clean = herald_text_clean (sentences[i], FIELD_MAX_CHARS);

      g_printerr ("%s\n", clean);
    }
}

void
herald_output_add_text (JsonBuilder *builder,
                        const char  *name,
                        const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL && *value != '\0')
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
herald_output_add_seconds (JsonBuilder *builder,
                           const char  *name,
                           gint64       value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
herald_output_add_number (JsonBuilder *builder,
                          const char  *name,
                          double       value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value) && value >= 0)
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * herald_output_add_variant:
 * @value: (nullable): of any basic type, or an array
 */
void
herald_output_add_variant (JsonBuilder *builder,
                           const char  *name,
                           GVariant    *value)
{
  if (value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      herald_output_add_text (builder, name,
                              value != NULL ? g_variant_get_string (value, NULL) : NULL);
      return;
    }

  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, json_gvariant_serialize (value));
}

/**
 * herald_output_add_members:
 * @dict: an `a{sv}`
 * @keys: (array zero-terminated=1): what is wanted of it; what it does not have is null
 *
 * Adds them to an object that is open.
 */
void
herald_output_add_members (JsonBuilder       *builder,
                           GVariant          *dict,
                           const char *const *keys)
{
  for (; *keys != NULL; keys++)
    {
      g_autoptr(GVariant) value = g_variant_lookup_value (dict, *keys, NULL);

      herald_output_add_variant (builder, *keys, value);
    }
}

/**
 * herald_output_print_json:
 * @builder: a finished document
 * @pretty: whether it may have several lines
 *
 * What follows it is a matter of the reader, so it leaves at once.
 */
void
herald_output_print_json (JsonBuilder *builder,
                          gboolean     pretty)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  text = json_generator_to_data (generator, NULL);

  /* JSON is UTF-8 whatever the terminal speaks (RFC 8259, 8.1) */
  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

/**
 * herald_output_print_word:
 * @name: what @word is called in JSON
 * @word: the one thing a command answers
 */
void
herald_output_print_word (const char *name,
                          const char *word,
                          gboolean    json)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (!json)
    {
      g_print ("%s\n", word);
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  herald_output_add_text (builder, name, word);
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}
