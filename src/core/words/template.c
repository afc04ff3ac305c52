/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-template"

#include "core/words/template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_MAX_BYTES 64

typedef enum
{
  PART_TEXT,
  PART_VARIABLE,
  PART_BRACE,
  PART_END,
} PartKind;

/* A piece of a template: where it starts and how many bytes of the template it takes. */
typedef struct
{
  PartKind kind;
  const char *start;
  gsize length;
} Part;

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

/* Whether a variable starts at @p; a brace that opens none is an ordinary character. */
static gboolean
is_variable (const char *p,
             gsize      *length)
{
  gsize n = 1;

  while (n <= NAME_MAX_BYTES && is_name_char (p[n]))
    n++;
  if (n == 1 || p[n] != '}')
    return FALSE;

  *length = n + 1;
  return TRUE;
}

static Part
next_part (const char *p)
{
  Part part = { PART_TEXT, p, strcspn (p, "{}") };

  if (*p == '\0')
    part.kind = PART_END;
  else if ((p[0] == '{' && p[1] == '{') || (p[0] == '}' && p[1] == '}'))
    part = (Part) { PART_BRACE, p, 2 };
  else if (*p == '{' && is_variable (p, &part.length))
    part.kind = PART_VARIABLE;
  else if (part.length == 0)
    part.length = 1;

  return part;
}

static char *
dup_name (const Part *part)
{
  return g_strndup (part->start + 1, part->length - 2);
}

static void
append_variable (GString      *result,
                 const Part   *part,
                 HeraldValues *values)
{
  g_autofree char *name = dup_name (part);
  const char *value = herald_values_get (values, name);

  if (value != NULL)
    g_string_append (result, value);
  else
    g_string_append_len (result, part->start, (gssize) part->length);
}

/**
 * herald_template_expand:
 * @text: a template: `{name}` stands for a value, `{{` and `}}` for a brace
 * @values: what the names stand for
 *
 * Puts the values in. A value is never looked at again, so braces in a file
 * name do no harm. A name without a value stays visible as it is.
 *
 * Returns: (transfer full): the text
 */
char *
herald_template_expand (const char   *text,
                        HeraldValues *values)
{
  g_autoptr(GString) result = g_string_new (NULL);
  Part part;

  for (part = next_part (text); part.kind != PART_END; part = next_part (part.start + part.length))
    {
      if (part.kind == PART_VARIABLE)
        append_variable (result, &part, values);
      else if (part.kind == PART_BRACE)
        g_string_append_c (result, *part.start);
      else
        g_string_append_len (result, part.start, (gssize) part.length);

      if (result->len > HERALD_TEMPLATE_MAX_BYTES)
        {
          const char *end = g_utf8_find_prev_char (result->str, result->str + HERALD_TEMPLATE_MAX_BYTES);

          g_string_truncate (result, end != NULL ? (gsize) (end - result->str) : 0);
          break;
        }
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
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
  Part part;

  for (part = next_part (text); part.kind != PART_END; part = next_part (part.start + part.length))
    {
      g_autofree char *used = part.kind == PART_VARIABLE ? dup_name (&part) : NULL;

      if (g_strcmp0 (used, name) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_template_check:
 * @text: a template
 * @kind: what it is for
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each mistake, none if all is well
 */
char **
herald_template_check (const char      *text,
                       HeraldEventKind  kind)
{
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();
  Part part;

  for (part = next_part (text); part.kind != PART_END; part = next_part (part.start + part.length))
    {
      g_autofree char *name = NULL;
      g_autofree char *problem = NULL;

      if (part.kind != PART_VARIABLE)
        continue;

      name = dup_name (&part);
      if (herald_event_kind_has_variable (kind, name))
        continue;

      problem = g_strdup_printf (_("{%s} is not known in messages of the kind “%s”"),
                                 name, _(herald_event_kind_get_info (kind)->name));
      g_strv_builder_add (problems, problem);
    }

  return g_strv_builder_end (problems);
}
