/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/event-kind.h"
#include "core/events/variable.h"

G_BEGIN_DECLS

/* More than any channel takes; a template that grows beyond it is cut. */
#define HERALD_TEMPLATE_MAX_BYTES (16 * 1024)

/**
 * HeraldTemplatePiece:
 * @text: as it is to be read; valid UTF-8, never empty
 * @variable: (nullable) (transfer none): whose value it is; %NULL for words of the template
 *
 * A piece of a text made from a template. It remembers where it comes from, because a value may be shortened and must
 * call nobody in public, while words of the template mean what they say.
 */
typedef struct
{
  char *text;
  const HeraldVariable *variable;
} HeraldTemplatePiece;

HeraldTemplatePiece *herald_template_piece_new_take (char                 *text,
                                                     const HeraldVariable *variable);
void                 herald_template_piece_free     (HeraldTemplatePiece  *self);

GPtrArray           *herald_template_split          (const char           *text,
                                                     HeraldValues         *values);
char                *herald_template_join           (GPtrArray            *pieces);
char                *herald_template_expand         (const char           *text,
                                                     HeraldValues         *values);

gboolean             herald_template_uses           (const char           *text,
                                                     const char           *name);
char               **herald_template_check          (const char           *text,
                                                     HeraldEventKind       kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldTemplatePiece, herald_template_piece_free)

G_END_DECLS
