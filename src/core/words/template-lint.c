/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-template-lint"

#include "core/words/template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/words/emoji-lint.h"
#include "core/words/nearest-name.h"
#include "core/words/template-parser.h"

/* Longer is no mistyped variable but a sentence in braces. */
#define IN_BRACES_MAX_BYTES 64

/* Nobody reads more at once. */
#define PROBLEMS_MAX 20

static void
take_problem (GPtrArray *problems,
              char      *problem)
{
  if (g_ptr_array_find_with_equal_func (problems, problem, g_str_equal, NULL))
    g_free (problem);
  else
    g_ptr_array_add (problems, problem);
}

static const char *
find_nearest (const char      *name,
              gsize            length,
              HeraldEventKind  kind)
{
  const char *const *lists[] = { herald_event_kind_get_commons (), herald_event_kind_get_info (kind)->variables };
  HeraldNearestName nearest;

  herald_nearest_name_init (&nearest, name, length);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const char *const *known = lists[i]; *known != NULL; known++)
      herald_nearest_name_try (&nearest, *known);

  return nearest.found;
}

/* (nullable): what people call the first kind whose messages know @name */
static const char *
find_other_kind (const char *name)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      if (herald_event_kind_has_variable ((HeraldEventKind) i, name))
        return _(herald_event_kind_get_info ((HeraldEventKind) i)->name);
    }

  return NULL;
}

static void
check_variable (GPtrArray                *problems,
                const HeraldTemplatePart *part,
                HeraldEventKind           kind)
{
  g_autofree char *name = herald_template_part_dup_name (part);
  const char *kind_name = _(herald_event_kind_get_info (kind)->name);
  const char *other_kind;
  const char *nearest;

  if (herald_event_kind_has_variable (kind, name))
    return;

  other_kind = find_other_kind (name);
  nearest = find_nearest (name, part->name_length, kind);
  if (other_kind != NULL)
    take_problem (problems, g_strdup_printf (_("{%s} is not known in messages of the kind “%s”, only in others, for example “%s”."),
                                             name, kind_name, other_kind));
  else if (nearest != NULL)
    take_problem (problems, g_strdup_printf (_("{%s} is not known in messages of the kind “%s”; did you mean {%s}?"),
                                             name, kind_name, nearest));
  else
    take_problem (problems, g_strdup_printf (_("{%s} is not known in messages of the kind “%s”."), name, kind_name));
}

static gsize
measure_name (const char *p)
{
  gsize n = 0;

  while (n < IN_BRACES_MAX_BYTES && (g_ascii_isalnum (p[n]) || p[n] == '_' || p[n] == '-'))
    n++;

  return n;
}

/* Whether @length bytes in braces are prose rather than a name with something about it: other words follow. */
static gboolean
is_prose (const char *in_braces,
          gsize       name_length,
          gsize       length)
{
  const char *rest = in_braces + name_length;
  g_autofree char *copy = g_strndup (rest, length - name_length);

  g_strchomp (copy);

  return *copy != '\0' && (length > IN_BRACES_MAX_BYTES || strchr (":[!.|", *copy) == NULL ||
                           (*copy != '|' && strchr (copy, ' ') != NULL));
}

static void
explain_opening (GPtrArray  *problems,
                 const char *seen,
                 char        next,
                 gboolean    is_closed,
                 const char *meant)
{
  if (next == '|')
    take_problem (problems,
                  g_strdup_printf (_("“%s|” is sent as it stands: what follows it must end with one “}” on the same line, "
                                     "and a brace in it is written twice."), seen));
  else if (is_closed)
    take_problem (problems, g_strdup_printf (_("“%s” is sent as it stands; did you mean {%s}?"), seen, meant));
  else
    take_problem (problems, g_strdup_printf (_("“%s” is sent as it stands, because the brace after it is missing; did you mean "
                                               "{%s}?"), seen, meant));
}

/* A brace that opens no variable: `{ name }`, `{name:.0f}`, `{name`, `{name|a {brace} in it}` */
static void
check_opening (GPtrArray       *problems,
               const char      *brace,
               HeraldEventKind  kind)
{
  const char *name = brace + 1 + strspn (brace + 1, " ");
  gsize length = measure_name (name);
  const char *end = name + strcspn (name, "{}\n");
  gboolean is_closed = *end == '}';
  const char *meant = find_nearest (name, length, kind);
  g_autofree char *seen = NULL;

  if (meant == NULL || (is_closed ? is_prose (name, length, (gsize) (end - name)) : name != brace + 1))
    return;

  seen = g_strndup (brace, (gsize) (is_closed && name[length] != '|' ? end + 1 - brace : name + length - brace));
  explain_opening (problems, seen, name[length], is_closed, meant);
}

/* A brace that closes nothing: `name}` */
static void
check_closing (GPtrArray       *problems,
               const char      *text,
               const char      *brace,
               HeraldEventKind  kind)
{
  const char *start = brace;
  g_autofree char *name = NULL;

  while (start > text && measure_name (start - 1) > 0)
    start--;
  name = g_strndup (start, (gsize) (brace - start));
  if ((start > text && start[-1] == '{') || !herald_event_kind_has_variable (kind, name))
    return;

  take_problem (problems, g_strdup_printf (_("“%s}” is sent as it stands, because the brace before it is missing; "
                                             "did you mean {%s}?"), name, name));
}

/* `{{name}}`: other programs want it so */
static void
check_doubled (GPtrArray       *problems,
               const char      *braces,
               HeraldEventKind  kind)
{
  const char *start = braces + 2 + strspn (braces + 2, " ");
  gsize length = measure_name (start);
  g_autofree char *name = g_strndup (start, length);

  if (*braces != '{' || !g_str_has_prefix (start + length + strspn (start + length, " "), "}}") ||
      !herald_event_kind_has_variable (kind, name))
    return;

  take_problem (problems, g_strdup_printf (_("“{{%s}}” is sent as “{%s}”, because a brace written twice is a brace; "
                                             "did you mean {%s}?"), name, name, name));
}

/**
 * herald_template_check:
 * @text: a template
 * @kind: what it is for
 *
 * Finds what somebody may have meant otherwise. What is found keeps no message
 * from being sent: a name that is not known has no value, and everything else
 * is words.
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each mistake, none if all is well
 */
char **
herald_template_check (const char      *text,
                       HeraldEventKind  kind)
{
  GPtrArray *problems = g_ptr_array_new ();
  guint searches_left = HERALD_EMOJI_LINT_SEARCHES;

  for (HeraldTemplatePart part = herald_template_part_at (text);
       part.kind != HERALD_PART_END && problems->len < PROBLEMS_MAX;
       part = herald_template_part_next (&part))
    {
      if (part.kind == HERALD_PART_VARIABLE)
        {
          check_variable (problems, &part, kind);
          herald_emoji_lint (problems, &searches_left, part.fallback, part.fallback_length);
        }
      else if (part.kind == HERALD_PART_BRACE)
        check_doubled (problems, part.start, kind);
      else if (*part.start == '{')
        check_opening (problems, part.start, kind);
      else if (*part.start == '}')
        check_closing (problems, text, part.start, kind);
      else
        herald_emoji_lint (problems, &searches_left, part.start, part.length);
    }
  g_ptr_array_add (problems, NULL);

  return (char **) g_ptr_array_free (problems, FALSE);
}
