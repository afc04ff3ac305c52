/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldSpanKind:
 * @HERALD_SPAN_VALUE: a value that is known here
 * @HERALD_SPAN_MISTAKE: what will not come out as it was meant
 */
typedef enum
{
  HERALD_SPAN_VALUE,
  HERALD_SPAN_MISTAKE,
} HeraldSpanKind;

/* A part of a template, in characters */
typedef struct
{
  HeraldSpanKind kind;
  guint start;
  guint end;
} HeraldSpan;

/* (transfer full) (element-type HeraldSpan): in their order. @names: the values that are known; @problems: (nullable): what the
 * service has to say about the template, a sentence each */
GArray *herald_template_spans_find    (const char        *text,
                                       const char *const *names,
                                       const char *const *problems);
/* (nullable): the value that ends (or, @at_end FALSE, begins) at @offset */
const HeraldSpan *herald_template_spans_at (GArray   *spans,
                                            guint     offset,
                                            gboolean  at_end);
/* (transfer full) (nullable): what a sentence of the service is about: a part of the template */
char             *herald_template_spans_dup_subject (const char *problem);

G_END_DECLS
