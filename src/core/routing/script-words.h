/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"

G_BEGIN_DECLS

/**
 * HeraldScriptWords:
 * @phase: `before` or `after`
 * @channels: (array zero-terminated=1): ids
 * @picture_path: (nullable)
 *
 * What a script is told of a message.
 */
typedef struct
{
  const char *phase;
  HeraldEvent *event;
  const char *printer_name;
  const char *title;
  const char *text;
  const char *const *channels;
  const char *picture_path;
} HeraldScriptWords;

/* For its standard input: one line of JSON */
char  *herald_script_words_make_input       (const HeraldScriptWords *self);
/* All it gets: some of ours, none of them secret, and the words that fit into it */
char **herald_script_words_make_environment (const HeraldScriptWords *self);

G_END_DECLS
