/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-ini-reader"

#include "core/import/ini-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

#define VALUES_MAX 20000

/* What Qt writes for a value of no type of its own */
#define BYTE_ARRAY_START "@ByteArray("

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("This file cannot be read. It may be damaged or not complete; please copy it again"));

  return FALSE;
}

/**
 * herald_ini_looks_right:
 *
 * Returns: whether the first line that says something is the heading of a section
 */
gboolean
herald_ini_looks_right (const char *text,
                        gsize       length)
{
  const char *end = text + length;
  const char *line = text;

  while (line < end)
    {
      gsize n = 0;

      while (line + n < end && line[n] != '\n')
        n++;
      while (n > 0 && g_ascii_isspace (line[n - 1]))
        n--;
      if (n > 0 && *line != ';' && *line != '#')
        return n > 2 && line[0] == '[' && line[n - 1] == ']' && memchr (line, ',', n) == NULL &&
               memchr (line, '"', n) == NULL && memchr (line, '{', n) == NULL;
      line += n;
      while (line < end && g_ascii_isspace (*line))
        line++;
    }

  return FALSE;
}

static void
append_character (GString  *text,
                  gunichar  character)
{
  if (character != 0 && g_unichar_validate (character))
    g_string_append_unichar (text, character);
}

/* Reads the digits of `\x…` or of an octal; Qt ends them at the first character that is none. */
static const char *
append_number (GString    *text,
               const char *p,
               guint       base)
{
  gunichar number = 0;
  gint digit;

  while ((digit = g_ascii_xdigit_value (*p)) >= 0 && (guint) digit < base && number < 0x110000)
    {
      number = number * base + (guint) digit;
      p++;
    }
  append_character (text, number);

  return p;
}

/* QSettings’ escapes in a value; `\` before anything else says nothing. */
static const char *
append_escape (GString    *text,
               const char *p)
{
  static const char names[] = "abfnrtv\"?'\\";
  static const char meanings[] = "\a\b\f\n\r\t\v\"?'\\";
  const char *name = *p != '\0' ? strchr (names, *p) : NULL;

  if (name != NULL)
    {
      g_string_append_c (text, meanings[name - names]);
      return p + 1;
    }
  if (*p == 'x')
    return append_number (text, p + 1, 16);
  if (*p >= '0' && *p <= '7')
    return append_number (text, p, 8);

  return p;
}

/* Quotes part what would otherwise be a list or have its spaces cut off. Of a list only the first text is of use to us. */
static char *
unescape_value (const char *raw)
{
  GString *text = g_string_new (NULL);
  gboolean is_quoted = FALSE;
  gsize kept = 0;
  const char *p = raw;

  while (*p != '\0')
    {
      if (*p == '\\')
        {
          p = append_escape (text, p + 1);
          kept = text->len;
        }
      else if (*p == '"')
        {
          is_quoted = !is_quoted;
          kept = text->len;
          p++;
        }
      else if (*p == ',' && !is_quoted)
        break;
      else
        {
          g_string_append_c (text, *p++);
          if (is_quoted || !g_ascii_isspace (p[-1]))
            kept = text->len;
        }
    }
  g_string_truncate (text, kept);
  if (g_str_has_prefix (text->str, BYTE_ARRAY_START) && g_str_has_suffix (text->str, ")"))
    {
      g_string_truncate (text, text->len - 1);
      g_string_erase (text, 0, strlen (BYTE_ARRAY_START));
    }
  else if (g_str_has_prefix (text->str, "@@"))
    g_string_erase (text, 0, 1);
  else if (g_str_equal (text->str, "@Invalid()"))
    g_string_truncate (text, 0);

  return g_string_free (text, FALSE);
}

/* In a key `\` is what `/` is elsewhere, and `%41`, `%U0041` are characters. */
static char *
unescape_key (const char *raw)
{
  GString *key = g_string_new (NULL);
  const char *p = raw;

  while (*p != '\0')
    {
      guint n_digits = p[1] == 'U' ? 4 : 2;
      const char *digits = p + (p[1] == 'U' ? 2 : 1);

      if (*p == '%' && strlen (digits) >= n_digits && strspn (digits, "0123456789abcdefABCDEF") >= n_digits)
        {
          g_autofree char *hex = g_strndup (digits, n_digits);

          append_character (key, (gunichar) g_ascii_strtoull (hex, NULL, 16));
          p = digits + n_digits;
        }
      else
        {
          g_string_append_c (key, *p == '\\' ? '/' : *p);
          p++;
        }
    }

  return g_string_free (key, FALSE);
}

/* Qt 5 wrote Latin-1 where it was not told otherwise, and escaped the rest. */
static char *
dup_utf8 (const char *text,
          gsize       length)
{
  if (g_utf8_validate (text, (gssize) length, NULL))
    return g_strndup (text, length);

  return g_convert (text, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

static gboolean
take_line (HeraldValues  *values,
           char          *line,
           char         **section,
           GError       **error)
{
  char *equals;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;

  g_strstrip (line);
  if (*line == '\0' || *line == ';' || *line == '#')
    return TRUE;
  if (*line == '[')
    {
      gsize n = strlen (line);

      if (line[n - 1] != ']')
        return fail (error);
      g_free (*section);
      *section = g_strndup (line + 1, n - 2);
      return TRUE;
    }

  equals = strchr (line, '=');
  if (equals == NULL || *section == NULL || g_hash_table_size (values) >= VALUES_MAX)
    return fail (error);

  *equals = '\0';
  name = unescape_key (g_strchomp (line));
  key = g_strconcat (*section, "/", name, NULL);
  value = unescape_value (g_strchug (equals + 1));
  herald_values_set (values, key, value);

  return TRUE;
}

/**
 * herald_ini_parse:
 * @text: foreign bytes, as Qt’s QSettings writes its files
 * @length: how many
 *
 * Returns: (transfer full): each value by its section and its key, like `printers/1/host`; %NULL with
 *   HERALD_ERROR_SETTINGS
 */
HeraldValues *
herald_ini_parse (const char  *text,
                  gsize        length,
                  GError     **error)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *copy = NULL;
  g_autofree char *section = NULL;
  g_auto(GStrv) lines = NULL;

  if (length > HERALD_INI_MAX_BYTES)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("This file is too large to be settings of a program"));
      return NULL;
    }

  copy = memchr (text, '\0', length) == NULL ? dup_utf8 (text, length) : NULL;
  if (copy == NULL)
    {
      fail (error);
      return NULL;
    }

  lines = g_strsplit (copy, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      if (!take_line (values, *line, &section, error))
        return NULL;
    }

  return g_steal_pointer (&values);
}
