/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_PART_WORDS,
  HERALD_PART_VARIABLE,
  HERALD_PART_BRACE,
  HERALD_PART_END,
} HeraldPartKind;

/**
 * HeraldTemplatePart:
 * @start: where it starts in the template
 * @length: bytes it takes there, with its braces
 * @name_length: of a variable: bytes of its name, which follows the brace
 * @fallback: (nullable): of a variable: what stands in for it, braces still doubled; @fallback_length bytes
 *
 * A part of a template, borrowed from it.
 */
typedef struct
{
  HeraldPartKind kind;
  const char *start;
  gsize length;
  gsize name_length;
  const char *fallback;
  gsize fallback_length;
} HeraldTemplatePart;

/* The part that starts at @p; of kind HERALD_PART_END at the end */
HeraldTemplatePart herald_template_part_at       (const char               *p);
HeraldTemplatePart herald_template_part_next     (const HeraldTemplatePart *part);
/* (transfer full): of a variable */
char              *herald_template_part_dup_name (const HeraldTemplatePart *part);

G_END_DECLS
