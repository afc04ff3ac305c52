/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-words-buffer"

#include "window/messages/words-buffer.h"

#include <string.h>

#include "window/messages/template-spans.h"

/* What is pasted beyond it is left out: it could not be saved, and makes typing slow. */
#define PASTE_MAX_BYTES (4 * HERALD_WORDS_MAX_BYTES)

/* Nobody writes more values into a message; each of thousands would make typing slower. */
#define MARKS_MAX 200

/**
 * HeraldWordsBuffer:
 *
 * A template while it is being written: values in it are marked and can be deleted as a whole, mistakes are underlined, and what
 * is pasted has a limit.
 */
struct _HeraldWordsBuffer
{
  GtkTextBuffer parent_instance;

  GtkTextTag *value_tag;
  GtkTextTag *mistake_tag;
  char **names; /* NULL until they are known */
  char **problems;
  GArray *spans;
  char *words;
  gboolean is_one_line;
};

G_DEFINE_FINAL_TYPE (HeraldWordsBuffer, herald_words_buffer, GTK_TYPE_TEXT_BUFFER)

static void
mark (HeraldWordsBuffer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start;
  GtkTextIter end;

  if (self->names == NULL)
    return;

  g_clear_pointer (&self->spans, g_array_unref);
  self->spans = herald_template_spans_find (self->words, (const char *const *) self->names, (const char *const *) self->problems);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_all_tags (buffer, &start, &end);
  for (guint i = 0; i < MIN (self->spans->len, MARKS_MAX); i++)
    {
      const HeraldSpan *span = &g_array_index (self->spans, HeraldSpan, i);

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) span->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) span->end);
      gtk_text_buffer_apply_tag (buffer, span->kind == HERALD_SPAN_VALUE ? self->value_tag : self->mistake_tag, &start, &end);
    }
}

/* (nullable) (transfer full): what is inserted instead; %NULL if it is fine as it is */
static char *
dup_fitting (HeraldWordsBuffer *self,
             const char        *text,
             gsize              length)
{
  gsize room = PASTE_MAX_BYTES - MIN (strlen (self->words), PASTE_MAX_BYTES);
  const char *end = text + MIN (length, room);
  char *fitting;

  if (length <= room && (!self->is_one_line || memchr (text, '\n', length) == NULL))
    return NULL;

  /* Not in the middle of a character */
  while (end > text && end < text + length && (*end & 0xc0) == 0x80)
    end--;
  fitting = g_strndup (text, (gsize) (end - text));
  if (self->is_one_line)
    g_strdelimit (fitting, "\r\n", ' ');

  return fitting;
}

/* GtkTextBuffer */

static void
herald_words_buffer_insert_text (GtkTextBuffer *buffer,
                                 GtkTextIter   *place,
                                 const char    *text,
                                 int            length)
{
  gsize bytes = length >= 0 ? (gsize) length : strlen (text);
  g_autofree char *fitting = dup_fitting (HERALD_WORDS_BUFFER (buffer), text, bytes);

  if (fitting == NULL)
    GTK_TEXT_BUFFER_CLASS (herald_words_buffer_parent_class)->insert_text (buffer, place, text, (int) bytes);
  else if (*fitting != '\0')
    GTK_TEXT_BUFFER_CLASS (herald_words_buffer_parent_class)->insert_text (buffer, place, fitting, (int) strlen (fitting));
}

static void
herald_words_buffer_changed (GtkTextBuffer *buffer)
{
  HeraldWordsBuffer *self = HERALD_WORDS_BUFFER (buffer);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->words);
  self->words = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  mark (self);

  GTK_TEXT_BUFFER_CLASS (herald_words_buffer_parent_class)->changed (buffer);
}

/* GObject */

static void
herald_words_buffer_constructed (GObject *object)
{
  HeraldWordsBuffer *self = HERALD_WORDS_BUFFER (object);
  const GdkRGBA tint = { 0.21f, 0.52f, 0.89f, 0.22f };

  G_OBJECT_CLASS (herald_words_buffer_parent_class)->constructed (object);

  /* Tags know no styles; a thin tint is seen on light and on dark. */
  self->value_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), NULL, "background-rgba", &tint, NULL);
  self->mistake_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
}

static void
herald_words_buffer_finalize (GObject *object)
{
  HeraldWordsBuffer *self = HERALD_WORDS_BUFFER (object);

  g_strfreev (self->names);
  g_strfreev (self->problems);
  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self->words);

  G_OBJECT_CLASS (herald_words_buffer_parent_class)->finalize (object);
}

static void
herald_words_buffer_class_init (HeraldWordsBufferClass *klass)
{
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = herald_words_buffer_constructed;
  G_OBJECT_CLASS (klass)->finalize = herald_words_buffer_finalize;
  buffer_class->insert_text = herald_words_buffer_insert_text;
  buffer_class->changed = herald_words_buffer_changed;
}

static void
herald_words_buffer_init (HeraldWordsBuffer *self)
{
  self->words = g_strdup ("");
}

void
herald_words_buffer_set_one_line (HeraldWordsBuffer *self,
                                  gboolean           is_one_line)
{
  self->is_one_line = is_one_line;
}

void
herald_words_buffer_set_names (HeraldWordsBuffer *self,
                               const char *const *names)
{
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  mark (self);
}

void
herald_words_buffer_set_problems (HeraldWordsBuffer *self,
                                  const char *const *problems)
{
  g_strfreev (self->problems);
  self->problems = g_strdupv ((char **) problems);
  mark (self);
}

const char *
herald_words_buffer_get_words (HeraldWordsBuffer *self)
{
  return self->words;
}

/**
 * herald_words_buffer_delete_value:
 *
 * A value is one thing: half of one would be a mistake.
 */
gboolean
herald_words_buffer_delete_value (HeraldWordsBuffer *self,
                                  gboolean           backwards)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start;
  GtkTextIter end;
  const HeraldSpan *span;

  if (self->spans == NULL || gtk_text_buffer_get_has_selection (buffer))
    return FALSE;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
  span = herald_template_spans_at (self->spans, (guint) gtk_text_iter_get_offset (&start), backwards);
  if (span == NULL)
    return FALSE;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) span->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) span->end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_end_user_action (buffer);

  return TRUE;
}
