/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-template-parser"

#include "core/words/template-parser.h"

#include <string.h>

/* Longer than any name there is; what is longer is no variable. */
#define NAME_MAX_BYTES 64

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

/* Bytes of the fallback at @p up to the brace that ends it; -1 if none does so on this line. A brace in it is doubled:
 * so a forgotten one swallows no variable that follows. */
static gssize
measure_fallback (const char *p)
{
  const char *start = p;

  for (; *p != '\0' && *p != '\n'; p++)
    {
      if (*p != '{' && *p != '}')
        continue;
      if (p[1] == *p)
        p++;
      else
        return *p == '}' ? p - start : -1;
    }

  return -1;
}

/* Whether a variable starts at @part; a brace that opens none is an ordinary character. */
static gboolean
read_variable (HeraldTemplatePart *part)
{
  const char *name = part->start + 1;
  gssize fallback_length;
  gsize n = 0;

  while (n <= NAME_MAX_BYTES && is_name_char (name[n]))
    n++;
  if (n == 0 || n > NAME_MAX_BYTES)
    return FALSE;

  part->name_length = n;
  part->length = n + 2;
  if (name[n] == '}')
    return TRUE;
  if (name[n] != '|')
    return FALSE;

  fallback_length = measure_fallback (name + n + 1);
  if (fallback_length < 0)
    return FALSE;
  part->fallback = name + n + 1;
  part->fallback_length = (gsize) fallback_length;
  part->length += 1 + part->fallback_length;

  return TRUE;
}

/**
 * herald_template_part_at:
 * @p: a template, or the rest of one
 *
 * The language: `{name}` and `{name|fallback}` are variables, `{{` and `}}`
 * are braces, everything else is words, also a brace that stands alone.
 *
 * Returns: the part that starts here
 */
HeraldTemplatePart
herald_template_part_at (const char *p)
{
  HeraldTemplatePart part = { HERALD_PART_WORDS, p, strcspn (p, "{}") };

  if (*p == '\0')
    part.kind = HERALD_PART_END;
  else if (part.length > 0)
    return part;
  else if (p[0] == p[1])
    {
      part.kind = HERALD_PART_BRACE;
      part.length = 2;
    }
  else if (*p == '{' && read_variable (&part))
    part.kind = HERALD_PART_VARIABLE;
  else
    part.length = 1;

  return part;
}

HeraldTemplatePart
herald_template_part_next (const HeraldTemplatePart *part)
{
  return herald_template_part_at (part->start + part->length);
}

char *
herald_template_part_dup_name (const HeraldTemplatePart *part)
{
  return g_strndup (part->start + 1, part->name_length);
}
