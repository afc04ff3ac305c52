/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_HELP_HEADING,
  HERALD_HELP_PARAGRAPH,
  HERALD_HELP_ITEM,
  HERALD_HELP_CODE,
  HERALD_HELP_TABLE,
  HERALD_HELP_PICTURE,
} HeraldHelpKind;

/**
 * HeraldHelpBlock:
 * @level: of a heading, from 1; of what belongs to a list, how deep, from 0
 * @text: Pango markup; of code the code itself; of a picture what it shows; the whole heading
 * @marker: (nullable): of an item: a bullet or a number; %NULL for what only belongs to an item
 * @target: (nullable): of a picture its file, of a heading what links to it call it
 * @rows: (nullable) (element-type GStrv): of a table, in Pango markup; the first is its head
 *
 * A part of a page that stands by itself.
 */
typedef struct
{
  HeraldHelpKind kind;
  guint level;
  char *text;
  char *marker;
  char *target;
  GPtrArray *rows;
} HeraldHelpBlock;

/**
 * HeraldHelpTranslate:
 * @words: a heading, a paragraph, an item, a cell of a table or what a picture shows, as it is in the page, its lines joined
 *
 * Returns: (transfer none): what is shown instead; @words if there is nothing better
 */
typedef const char *(*HeraldHelpTranslate) (const char *words,
                                            gpointer    user_data);

/* (transfer full) (element-type HeraldHelpBlock): the page that @markdown is, in the few forms that docs/ uses. Links lead to
 * what a heading is called in @markdown, in every language. */
GPtrArray *herald_help_document_parse     (const char          *markdown,
                                           HeraldHelpTranslate  translate,
                                           gpointer             user_data);

/* Whether @words are in one of the @blocks, in capitals or not */
gboolean   herald_help_document_contains  (GPtrArray           *blocks,
                                           const char          *words);

G_END_DECLS
