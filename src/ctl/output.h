/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * HeraldTone:
 *
 * What a cell means, shown by a colour on a terminal that wants colours.
 */
typedef enum
{
  HERALD_TONE_PLAIN,
  HERALD_TONE_HEADING,
  HERALD_TONE_GOOD,
  HERALD_TONE_BUSY,
  HERALD_TONE_BAD,
  HERALD_TONE_DIM,
} HeraldTone;

typedef struct _HeraldTable HeraldTable;

HeraldTable *herald_table_new             (const char *const *headings);
void         herald_table_free            (HeraldTable       *self);
void         herald_table_add             (HeraldTable       *self,
                                           const char        *text,
                                           HeraldTone         tone);
char        *herald_table_format          (HeraldTable       *self,
                                           gboolean           coloured);
void         herald_table_print           (HeraldTable       *self);

gboolean     herald_output_is_terminal    (void);
void         herald_output_print_field    (const char        *label,
                                           const char        *value);
void         herald_output_print_warnings (const char *const *sentences);

/* JSON: what is empty or negative is not known, and null */
void         herald_output_add_text       (JsonBuilder       *builder,
                                           const char        *name,
                                           const char        *value);
void         herald_output_add_seconds    (JsonBuilder       *builder,
                                           const char        *name,
                                           gint64             value);
void         herald_output_add_number     (JsonBuilder       *builder,
                                           const char        *name,
                                           double             value);
void         herald_output_add_variant    (JsonBuilder       *builder,
                                           const char        *name,
                                           GVariant          *value);
void         herald_output_add_members    (JsonBuilder       *builder,
                                           GVariant          *dict,
                                           const char *const *keys);
void         herald_output_print_json     (JsonBuilder       *builder,
                                           gboolean           pretty);
void         herald_output_print_word     (const char        *name,
                                           const char        *word,
                                           gboolean           json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldTable, herald_table_free)

G_END_DECLS
