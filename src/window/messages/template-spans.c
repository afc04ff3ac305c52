/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-template-spans"

#include "window/messages/template-spans.h"

#include <string.h>

#include "core/words/template-parser.h"

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const HeraldSpan *first = a;
  const HeraldSpan *second = b;

  return (int) (first->start > second->start) - (int) (first->start < second->start);
}

static gboolean
overlaps (GArray *spans,
          guint   start,
          guint   end)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const HeraldSpan *span = &g_array_index (spans, HeraldSpan, i);

      if (span->kind == HERALD_SPAN_MISTAKE && start < span->end && span->start < end)
        return TRUE;
    }

  return FALSE;
}

/* It begins with that, in quotes or in braces. */
char *
herald_template_spans_dup_subject (const char *problem)
{
  const char *open = "“";
  const char *start = strstr (problem, open);
  const char *brace = strchr (problem, '{');
  const char *end;

  if (brace != NULL && (start == NULL || brace < start))
    {
      end = strchr (brace, '}');
      return end != NULL ? g_strndup (brace, (gsize) (end + 1 - brace)) : NULL;
    }
  if (start == NULL)
    return NULL;

  start += strlen (open);
  end = strstr (start, "”");

  return end != NULL && end > start ? g_strndup (start, (gsize) (end - start)) : NULL;
}

static void
add_problem (GArray     *spans,
             const char *text,
             const char *problem)
{
  g_autofree char *subject = herald_template_spans_dup_subject (problem);
  const char *found = subject != NULL ? strstr (text, subject) : NULL;

  for (; found != NULL; found = strstr (found + 1, subject))
    {
      HeraldSpan span = { HERALD_SPAN_MISTAKE };

      span.start = (guint) g_utf8_pointer_to_offset (text, found);
      span.end = span.start + (guint) g_utf8_strlen (subject, -1);
      if (!overlaps (spans, span.start, span.end))
        g_array_append_val (spans, span);
    }
}

GArray *
herald_template_spans_find (const char        *text,
                            const char *const *names,
                            const char *const *problems)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (HeraldSpan));
  guint offset = 0;

  for (HeraldTemplatePart part = herald_template_part_at (text); part.kind != HERALD_PART_END;
       part = herald_template_part_next (&part))
    {
      HeraldSpan span = { HERALD_SPAN_VALUE, offset, offset + (guint) g_utf8_strlen (part.start, (gssize) part.length) };

      offset = span.end;
      if (part.kind == HERALD_PART_VARIABLE)
        {
          g_autofree char *name = herald_template_part_dup_name (&part);

          span.kind = g_strv_contains (names, name) ? HERALD_SPAN_VALUE : HERALD_SPAN_MISTAKE;
          g_array_append_val (spans, span);
        }
    }
  for (gsize i = 0; problems != NULL && problems[i] != NULL; i++)
    add_problem (spans, text, problems[i]);
  g_array_sort (spans, compare_spans);

  return spans;
}

const HeraldSpan *
herald_template_spans_at (GArray   *spans,
                          guint     offset,
                          gboolean  at_end)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const HeraldSpan *span = &g_array_index (spans, HeraldSpan, i);

      if (span->kind == HERALD_SPAN_VALUE && (at_end ? span->end : span->start) == offset)
        return span;
    }

  return NULL;
}
