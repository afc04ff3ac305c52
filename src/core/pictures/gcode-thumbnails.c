/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-gcode-thumbnails"

#include "core/pictures/gcode-thumbnails.h"

#include <string.h>

#include "core/pictures/thumbnail-choice.h"

/* Pictures stand one after the other. Where so much else has come after one, there is none any more. */
#define AFTER_LAST_BYTES (32 * 1024)

#define NAME_MAX_CHARS 32

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define DATA_URI "data:image/"
#define DATA_URI_BASE64 ";base64,"

/**
 * HeraldGcodeThumbnails:
 *
 * Looks for pictures in the comments of g-code, line by line, as the file comes.
 * Allocates for what is there and never for what a line says will come. A picture
 * that is broken costs only itself.
 */
struct _HeraldGcodeThumbnails
{
  /* Where the line begins that is looked at next, and how far no end of it was found */
  gsize position;
  gsize searched;

  /* Behind the last picture; 0 before the first */
  gsize last_end;

  /* The block we are in: what its `end` will be called, empty outside; and its lines so far */
  char name[NAME_MAX_CHARS];
  GString *base64;
  gboolean spoiled;

  /* Printing has begun, or it is no text at all */
  gboolean over;
  HeraldPicture *best;
};

/* A line without its end */
typedef struct
{
  const char *text;
  gsize length;
} Line;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static Line
strip (Line line)
{
  while (line.length > 0 && is_space (*line.text))
    {
      line.text++;
      line.length--;
    }
  while (line.length > 0 && is_space (line.text[line.length - 1]))
    line.length--;

  return line;
}

static Line
skip (Line  line,
      gsize n_bytes)
{
  return strip ((Line) { line.text + n_bytes, line.length - n_bytes });
}

static Line
take_word (Line *line)
{
  Line word = { line->text, 0 };

  while (word.length < line->length && !is_space (line->text[word.length]))
    word.length++;
  *line = skip (*line, word.length);

  return word;
}

static gboolean
is_word (Line        line,
         const char *word)
{
  return line.length == strlen (word) && g_ascii_strncasecmp (line.text, word, line.length) == 0;
}

static gboolean
starts_with (Line        line,
             const char *start)
{
  gsize length = strlen (start);

  return line.length >= length && g_ascii_strncasecmp (line.text, start, length) == 0;
}

static gboolean
is_block_name (Line word)
{
  return word.length < NAME_MAX_CHARS &&
         (starts_with (word, "thumbnail") || is_word (word, "png") || is_word (word, "jpg"));
}

/* Adds what can be base64; anything else spoils the picture it is in. */
static void
add_base64 (HeraldGcodeThumbnails *self,
            Line                   line)
{
  for (gsize i = 0; i < line.length; i++)
    {
      char c = line.text[i];

      if (!g_ascii_isalnum (c) && c != '+' && c != '/' && c != '=')
        self->spoiled = TRUE;
    }

  if (!self->spoiled)
    g_string_append_len (self->base64, line.text, (gssize) line.length);
}

static gboolean
is_base64 (const GString *text)
{
  gsize n_chars = text->len;

  while (n_chars > 0 && text->len - n_chars < 2 && text->str[n_chars - 1] == '=')
    n_chars--;

  return n_chars > 0 && text->len % 4 == 0 && memchr (text->str, '=', n_chars) == NULL;
}

static void
leave_block (HeraldGcodeThumbnails *self)
{
  self->name[0] = '\0';
  g_string_truncate (self->base64, 0);
  self->spoiled = FALSE;
}

static void
end_block (HeraldGcodeThumbnails *self)
{
  self->last_end = self->position;
  if (!self->spoiled && is_base64 (self->base64))
    {
      gsize size = 0;
      g_autoptr(GBytes) bytes = NULL;
      guint8 *picture = g_base64_decode (self->base64->str, &size);

      bytes = g_bytes_new_take (picture, size);
      herald_thumbnail_choice_offer (&self->best, bytes);
    }

  leave_block (self);
}

static void
begin_block (HeraldGcodeThumbnails *self,
             Line                   name)
{
  leave_block (self);
  memcpy (self->name, name.text, name.length);
  self->name[name.length] = '\0';
}

/* `thumbnail: data:image/png;base64,…` */
static void
read_data_uri (HeraldGcodeThumbnails *self,
               Line                   uri)
{
  const char *found = g_strstr_len (uri.text, (gssize) uri.length, DATA_URI_BASE64);

  if (found == NULL)
    return;

  leave_block (self);
  add_base64 (self, skip (uri, (gsize) (found - uri.text) + strlen (DATA_URI_BASE64)));
  end_block (self);
}

/* @comment: without the semicolon */
static void
read_comment (HeraldGcodeThumbnails *self,
              Line                   comment)
{
  Line rest = comment;
  Line name = take_word (&rest);
  Line verb = take_word (&rest);

  if (is_block_name (name) && is_word (verb, "begin"))
    begin_block (self, name);
  else if (self->name[0] != '\0' && is_word (verb, "end") && is_word (name, self->name))
    end_block (self);
  else if (self->name[0] != '\0')
    add_base64 (self, comment);
  else if (starts_with (comment, "thumbnail:"))
    {
      Line value = skip (comment, strlen ("thumbnail:"));

      if (starts_with (value, DATA_URI))
        read_data_uri (self, value);
    }
}

/* A move that puts plastic down: `G1 X20.5 Y8 E0.42`. Pulling it back, `E-2`, is none. */
static gboolean
is_extrusion (Line code)
{
  Line word = take_word (&code);

  if (!is_word (word, "G1") && !is_word (word, "G2") && !is_word (word, "G3"))
    return FALSE;

  while (code.length > 0 && code.text[0] != ';')
    {
      word = take_word (&code);
      if (word.length > 1 && (word.text[0] == 'E' || word.text[0] == 'e') &&
          (g_ascii_isdigit (word.text[1]) || word.text[1] == '.'))
        return TRUE;
    }

  return FALSE;
}

static void
read_line (HeraldGcodeThumbnails *self,
           Line                   line)
{
  line = strip (line);
  if (line.length == 0)
    return;

  if (line.text[0] == ';')
    read_comment (self, skip (line, 1));
  else
    {
      leave_block (self);
      self->over = is_extrusion (line);
    }
}

static gboolean
has_all (HeraldGcodeThumbnails *self)
{
  return self->over || self->position >= HERALD_THUMBNAIL_HEAD_BYTES ||
         (self->best != NULL && self->name[0] == '\0' && self->position - self->last_end >= AFTER_LAST_BYTES);
}

HeraldGcodeThumbnails *
herald_gcode_thumbnails_new (void)
{
  HeraldGcodeThumbnails *self = g_new0 (HeraldGcodeThumbnails, 1);

  self->base64 = g_string_new (NULL);

  return self;
}

void
herald_gcode_thumbnails_free (HeraldGcodeThumbnails *self)
{
  g_string_free (self->base64, TRUE);
  g_clear_pointer (&self->best, herald_picture_unref);
  g_free (self);
}

gboolean
herald_gcode_thumbnails_scan (HeraldGcodeThumbnails *self,
                              const guint8          *data,
                              gsize                  length)
{
  gsize end = MIN (length, HERALD_THUMBNAIL_HEAD_BYTES);

  if (self->position == 0 && end >= strlen (BYTE_ORDER_MARK) &&
      memcmp (data, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    self->position = self->searched = strlen (BYTE_ORDER_MARK);

  while (!has_all (self) && self->searched < end)
    {
      const guint8 *found = memchr (data + self->searched, '\n', end - self->searched);
      Line line = { (const char *) data + self->position, 0 };

      /* Text has no zero byte; in what is no text one comes soon. */
      self->over = memchr (data + self->searched, 0, (found != NULL ? (gsize) (found - data) : end) - self->searched) != NULL;
      if (found == NULL || self->over)
        {
          self->searched = end;
          break;
        }

      line.length = (gsize) ((const char *) found - line.text);
      self->position = self->searched = (gsize) (found - data) + 1;
      read_line (self, line);
    }

  return has_all (self) || end == HERALD_THUMBNAIL_HEAD_BYTES;
}

HeraldPicture *
herald_gcode_thumbnails_get_best (HeraldGcodeThumbnails *self)
{
  return self->best;
}
