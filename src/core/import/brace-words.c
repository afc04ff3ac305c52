/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-brace-words"

#include "core/import/brace-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

/* Longer than any post or message */
#define WORDS_MAX_CHARS 2000

#define REMARKS_MAX 10

/* Longer is no name of a value. */
#define FIELD_MAX_BYTES 64

static void
remark (GPtrArray *remarks,
        char      *taken_sentence)
{
  if (remarks->len >= REMARKS_MAX ||
      g_ptr_array_find_with_equal_func (remarks, taken_sentence, g_str_equal, NULL))
    g_free (taken_sentence);
  else
    g_ptr_array_add (remarks, taken_sentence);
}

/* What was left out leaves no gap: of the two spaces around it one goes. */
static const char *
leave_out (GString    *words,
           const char *rest)
{
  if ((words->len == 0 || words->str[words->len - 1] == ' ') && *rest == ' ')
    return rest + 1;

  return rest;
}

static gboolean
has_already (GString    *words,
             const char *name)
{
  g_autofree char *variable = g_strdup_printf ("{%s}", name);

  return strstr (words->str, variable) != NULL;
}

/* One replacement field (Python's format string syntax): a name, then perhaps `[…]`, `.…`, `!r` or `:.0f`. Of `{position[x]}`
 * and `{position[y]}` the whole position remains, once.
 * Returns: what comes after it */
static const char *
take_field (GString         *words,
            const char      *field,
            gsize            length,
            HeraldEventKind  kind,
            GPtrArray       *remarks)
{
  const char *rest = field + length + 1;
  gsize n = strspn (field, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_");
  g_autofree char *name = g_strndup (field, MIN (n, length));
  g_autofree char *whole = g_strndup (field, length);
  gboolean has_more = n < length;

  if (n == 0 || g_ascii_isdigit (*field) || length > FIELD_MAX_BYTES || (has_more && strchr ("[.!:", field[n]) == NULL))
    {
      /* Translators: of a message; “braces” are { and } */
      remark (remarks, g_strdup (_("Something in braces is not a value, so it is left out.")));
      return leave_out (words, rest);
    }
  if (!herald_event_kind_has_variable (kind, name))
    {
      /* Translators: the name of a value in braces, like {layer} */
      remark (remarks, g_strdup_printf (_("OctoHerald does not know {%s} in these messages, so it is left out."), name));
      return leave_out (words, rest);
    }
  if (has_more && (field[n] == '[' || field[n] == '.') && has_already (words, name))
    return leave_out (words, rest);

  if (has_more)
    /* Translators: a value in braces as it was there, like {time:.0f}, and as it is here, like {time} */
    remark (remarks, g_strdup_printf (_("{%s} becomes {%s}, which OctoHerald writes its own way."), whole, name));
  g_string_append_printf (words, "{%s}", name);

  return rest;
}

/**
 * herald_brace_words_translate:
 * @foreign: of any bytes
 * @kind: what they are for
 *
 * Python lost the whole message where a brace stood alone; here it is a brace.
 */
char *
herald_brace_words_translate (const char      *foreign,
                              HeraldEventKind  kind,
                              GPtrArray       *remarks)
{
  g_autofree char *clean = herald_text_clean_lines (foreign, WORDS_MAX_CHARS);
  GString *words = g_string_sized_new (strlen (clean));
  const char *p = clean;

  while (*p != '\0')
    {
      const char *end = p[0] == '{' && p[1] != '{' ? strpbrk (p + 1, "{}\n") : NULL;

      if ((p[0] == '{' || p[0] == '}') && p[1] == p[0])
        {
          g_string_append_len (words, p, 2);
          p += 2;
        }
      else if (end != NULL && *end == '}')
        p = take_field (words, p + 1, (gsize) (end - p - 1), kind, remarks);
      else if (*p == '{' || *p == '}')
        {
          remark (remarks, g_strdup (_("A single brace makes the other program lose the message. OctoHerald shows it as a "
                                       "brace.")));
          g_string_append_c (words, *p);
          g_string_append_c (words, *p++);
        }
      else
        g_string_append_c (words, *p++);
    }

  return g_strchomp (g_string_free (words, FALSE));
}
