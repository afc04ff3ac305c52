/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldVariableNature:
 * @HERALD_VARIABLE_NAME: a stranger's words, e.g. the name of a file: may be shortened, and must
 *   neither call anybody nor become a link where the public reads it
 * @HERALD_VARIABLE_FIGURE: a number, a time, a word of ours: never shortened
 * @HERALD_VARIABLE_OWN: the user's own words, handed over by a program: what they mean is meant
 */
typedef enum
{
  HERALD_VARIABLE_NAME,
  HERALD_VARIABLE_FIGURE,
  HERALD_VARIABLE_OWN,
} HeraldVariableNature;

/**
 * HeraldVariable:
 * @name: as in a template, without braces
 * @description: what it is, a few words; untranslated
 * @sample: what a preview shows when nothing is being printed; never %NULL
 *
 * Something that a template can speak of. Which kinds of event have it is in the table of kinds.
 */
typedef struct
{
  const char *name;
  HeraldVariableNature nature;
  const char *description;
  const char *sample;
} HeraldVariable;

const HeraldVariable *herald_variable_get_all (guint      *n_variables);
/* (nullable): %NULL if there is none of that name */
const HeraldVariable *herald_variable_find    (const char *name);

G_END_DECLS
