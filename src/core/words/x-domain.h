/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/words/text-tables.h"
#include "core/words/x-text.h"

G_BEGIN_DECLS

/* What stands at a place of a text; nothing stands behind its end. */
gboolean herald_x_is_part            (const HeraldXText *text,
                                      gsize              at,
                                      HeraldLinkPart     part);
gboolean herald_x_is_unit            (const HeraldXText *text,
                                      gsize              at,
                                      char               c);
/* @words: ASCII, in small letters; large ones are as good */
gboolean herald_x_begins_with        (const HeraldXText *text,
                                      gsize              at,
                                      const char        *words);
/* The first unit from @at on that is no such part */
gsize    herald_x_skip_parts         (const HeraldXText *text,
                                      gsize              at,
                                      HeraldLinkPart     part);

/* Units of the top-level domain that stands @at, in a text that is over at @end; 0 if none does */
gsize    herald_x_tld_match          (const HeraldXText *text,
                                      gsize              at,
                                      gsize              end);

/* The end of the domain that begins @at, 0 if none does. @dead_until: (inout): no domain begins before this unit; for
 * the next question about the same text, further on */
gsize    herald_x_domain_match       (const HeraldXText *text,
                                      gsize              at,
                                      gsize             *dead_until);

/* Where the first Latin domain from @at on begins. @end_of_it: (out): 0 if there is none before @end */
gsize    herald_x_latin_domain_match (const HeraldXText *text,
                                      gsize              at,
                                      gsize              end,
                                      gsize             *end_of_it);

G_END_DECLS
