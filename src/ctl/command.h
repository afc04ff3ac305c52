/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/client.h"

G_BEGIN_DECLS

typedef struct _HeraldCall HeraldCall;

/**
 * HeraldCommand:
 * @noun: the first word
 * @verb: (nullable): the second word, if there is one
 * @usage: what follows, for the help; untranslated
 * @summary: what it does, for the help; untranslated
 * @run: does it
 *
 * One command of octoheraldctl. The tables of them end with a noun of %NULL.
 */
typedef struct
{
  const char *noun;
  const char *verb;
  const char *usage;
  const char *summary;
  gboolean (*run) (HeraldCall  *call,
                   GError     **error);
} HeraldCommand;

/**
 * HeraldCall:
 * @arguments: (array zero-terminated=1): what was typed after noun and verb
 * @words: (array zero-terminated=1): set by herald_call_parse(): @arguments without the options
 * @n_words: how many
 * @client: (nullable): set by herald_call_connect()
 *
 * A command as it was typed.
 */
struct _HeraldCall
{
  const HeraldCommand *command;
  char **arguments;
  char **words;
  guint n_words;
  HeraldClient *client;
};

extern const HeraldCommand herald_status_commands[];
extern const HeraldCommand herald_printer_commands[];
extern const HeraldCommand herald_channel_commands[];
extern const HeraldCommand herald_message_commands[];
extern const HeraldCommand herald_render_commands[];
extern const HeraldCommand herald_send_commands[];
extern const HeraldCommand herald_history_commands[];
extern const HeraldCommand herald_mute_commands[];
extern const HeraldCommand herald_config_commands[];
extern const HeraldCommand herald_import_commands[];
extern const HeraldCommand herald_preference_commands[];

gboolean herald_call_parse         (HeraldCall          *call,
                                    const GOptionEntry  *entries,
                                    guint                min_words,
                                    guint                max_words,
                                    GError             **error);
gboolean herald_call_connect       (HeraldCall          *call,
                                    GError             **error);
void     herald_call_clear         (HeraldCall          *call);

char    *herald_command_make_title (const HeraldCommand *command);

G_END_DECLS
