/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-links"

#include <string.h>

#include "core/words/punycode.h"
#include "core/words/x-domain.h"

/* Limits of twitter-text 3.1.0 */
#define LINK_MAX_UNITS 4096
#define LABEL_MAX_UNITS 63
#define SHORT_NAME_MAX_UNITS 40

/* Counted for a link without one */
#define USUAL_SCHEME "https://"

/**
 * Finder:
 * @dead_until: no domain begins before this unit
 *
 * Looks for links as twitter-text does, from left to right: after a character that may stand before one comes
 * perhaps a scheme, a domain, perhaps a port, a path and a query. In a link without scheme only those labels of the
 * domain count that are Latin.
 */
typedef struct
{
  const HeraldXText *text;
  gsize dead_until;
  GArray *found;
} Finder;

/* What was found at one place, before it is known whether it is a link */
typedef struct
{
  gsize start;
  gsize scheme_length;
  gsize domain;
  gsize domain_end;
  gsize path_length;
  gsize end;
} Candidate;

static gsize
measure_scheme (const HeraldXText *text,
                gsize              at)
{
  if (herald_x_begins_with (text, at, "http://"))
    return strlen ("http://");

  return herald_x_begins_with (text, at, "https://") ? strlen ("https://") : 0;
}

/* Parentheses in a path, which may have others in them once: the unit after them, or 0 */
static gsize
match_parentheses (const HeraldXText *text,
                   gsize              at)
{
  gsize inner = herald_x_skip_parts (text, at + 1, HERALD_LINK_PATH);
  gsize end = inner;

  if (!herald_x_is_unit (text, at, '('))
    return 0;
  if (herald_x_is_unit (text, inner, ')'))
    return inner > at + 1 ? inner + 1 : 0;
  if (!herald_x_is_unit (text, inner, '('))
    return 0;

  end = herald_x_skip_parts (text, inner + 1, HERALD_LINK_PATH);
  if (end == inner + 1 || !herald_x_is_unit (text, end, ')'))
    return 0;
  end = herald_x_skip_parts (text, end + 1, HERALD_LINK_PATH);

  return herald_x_is_unit (text, end, ')') ? end + 1 : 0;
}

/* The unit after the path that begins @at with a slash: it ends with the last character that may end it, or with
 * parentheses that follow that one at once. */
static gsize
match_path (const HeraldXText *text,
            gsize              at)
{
  gsize end = at + 1;
  gsize after = 0;

  for (gsize next = at + 1; next < text->n_units;)
    {
      after = match_parentheses (text, next);
      if (after > 0)
        next = after;
      else if (!herald_x_is_part (text, next, HERALD_LINK_PATH))
        break;
      else if (herald_x_is_part (text, next++, HERALD_LINK_PATH_END))
        end = next;
    }
  while ((after = match_parentheses (text, end)) > 0)
    end = after;

  return end;
}

/* The unit after the query that begins @at; @at if there is none */
static gsize
match_query (const HeraldXText *text,
             gsize              at)
{
  gsize end = at;

  if (!herald_x_is_unit (text, at, '?'))
    return at;
  for (gsize next = at + 1; herald_x_is_part (text, next, HERALD_LINK_QUERY); next++)
    {
      if (herald_x_is_part (text, next, HERALD_LINK_QUERY_END))
        end = next + 1;
    }

  return end;
}

static gboolean
match_candidate (Finder    *self,
                 gsize      at,
                 Candidate *candidate)
{
  const HeraldXText *text = self->text;
  gsize end = 0;

  candidate->start = at;
  candidate->scheme_length = measure_scheme (text, at);
  candidate->domain = at + candidate->scheme_length;
  candidate->domain_end = herald_x_domain_match (self->text, candidate->domain, &self->dead_until);
  if (candidate->domain_end == 0)
    return FALSE;

  end = candidate->domain_end;
  if (herald_x_is_unit (text, end, ':'))
    {
      gsize digits = end + 1;

      while (digits < text->n_units && text->units[digits] < 0x80 && g_ascii_isdigit ((char) text->units[digits]))
        digits++;
      if (digits > end + 1)
        end = digits;
    }
  candidate->path_length = end;
  if (herald_x_is_unit (text, end, '/'))
    end = match_path (text, end);
  candidate->path_length = end - candidate->path_length;
  candidate->end = match_query (text, end);

  return TRUE;
}

static gboolean
is_domain_possible (const HeraldXText *text,
                    const Candidate   *candidate)
{
  gsize scheme_length = candidate->scheme_length > 0 ? candidate->scheme_length : strlen (USUAL_SCHEME);
  gsize label = candidate->domain;
  gsize end_of_latin = 0;

  if (scheme_length + (candidate->end - candidate->start) > LINK_MAX_UNITS)
    return FALSE;
  if (memcmp (text->units + label, (const guint16[]) { 'x', 'n', '-', '-' }, 4 * sizeof (guint16)) == 0)
    {
      herald_x_latin_domain_match (text, label, candidate->domain_end, &end_of_latin);
      if (end_of_latin == 0)
        return FALSE;
    }

  for (gsize next = label; next <= candidate->domain_end; next++)
    {
      gsize length = 0;

      if (next < candidate->domain_end && !herald_x_is_unit (text, next, '.'))
        continue;
      length = herald_punycode_measure (text->units + label, next - label);
      if (length < 1 || length > LABEL_MAX_UNITS)
        return FALSE;
      label = next + 1;
    }

  return TRUE;
}

static void
add (Finder *self,
     gsize   start,
     gsize   length)
{
  HeraldXSpan span = { start, length };

  g_array_append_val (self->found, span);
}

static void
add_with_scheme (Finder          *self,
                 const Candidate *candidate)
{
  const HeraldXText *text = self->text;
  gsize name = candidate->domain + strlen ("t.co/");
  gsize end = name;

  if (!herald_x_begins_with (text, candidate->domain, "t.co/"))
    {
      add (self, candidate->start, candidate->end - candidate->start);
      return;
    }

  while (end < candidate->end && text->units[end] < 0x80 && g_ascii_isalnum ((char) text->units[end]))
    end++;
  if (end == name)
    add (self, candidate->start, candidate->end - candidate->start);
  else if (end - name <= SHORT_NAME_MAX_UNITS)
    add (self, candidate->start, MIN (match_query (text, end), candidate->end) - candidate->start);
}

static void
add_latin (Finder          *self,
           const Candidate *candidate)
{
  gsize at = candidate->domain;
  gsize end = 0;
  gboolean has_any = FALSE;

  while ((at = herald_x_latin_domain_match (self->text, at, candidate->domain_end, &end)) < candidate->domain_end && end > 0)
    {
      add (self, at, end - at);
      has_any = TRUE;
      at = end;
    }

  /* As long as path and query, but from where the Latin part ends: so it is counted. */
  if (has_any && candidate->path_length > 0)
    g_array_index (self->found, HeraldXSpan, self->found->len - 1).length += candidate->end - candidate->domain_end;
}

static void
add_candidate (Finder          *self,
               const Candidate *candidate)
{
  const HeraldXText *text = self->text;
  guint16 before = candidate->start > 0 ? text->units[candidate->start - 1] : ' ';

  if (!is_domain_possible (text, candidate))
    return;

  if (candidate->scheme_length > 0)
    add_with_scheme (self, candidate);
  else if (before >= 0x80 || strchr ("-_./", (char) before) == NULL)
    add_latin (self, candidate);
}

static gboolean
has_dot (const HeraldXText *text)
{
  for (gsize i = 0; i < text->n_units; i++)
    {
      if (text->units[i] == '.')
        return TRUE;
    }

  return FALSE;
}

GArray *
herald_x_links_find (const HeraldXText *text)
{
  Finder self = { .text = text };
  Candidate candidate;
  gsize at = 0;

  if (!has_dot (text))
    return NULL;

  self.found = g_array_new (FALSE, FALSE, sizeof (HeraldXSpan));
  while (at < text->n_units)
    {
      gboolean is_match = herald_x_is_part (text, at, HERALD_LINK_BEFORE) && match_candidate (&self, at + 1, &candidate);

      /* Nothing stands before what begins the text. */
      if (!is_match && at == 0)
        {
          self.dead_until = 0;
          is_match = match_candidate (&self, 0, &candidate);
        }
      if (is_match)
        add_candidate (&self, &candidate);
      at = is_match ? candidate.end : at + 1;
    }
  if (self.found->len == 0)
    g_clear_pointer (&self.found, g_array_unref);

  return self.found;
}
