/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/delivery.h"

G_BEGIN_DECLS

/* The most that are found at once */
#define HERALD_HISTORY_MAX 1000000

/**
 * HeraldHistoryQuery:
 * @limit: at most so many, the newest; 0 for all
 * @states: a bit for each #HeraldDeliveryState that is wanted; 0 for all
 * @printer: (nullable): only of this printer, by id
 * @channel: (nullable): only by this channel, by id
 * @kind: (nullable): only about this, by id
 * @since_ms: made then or later; 0 for all
 * @until_ms: made before; 0 for all
 * @before: only with a smaller number; 0 for all
 * @after: only with a greater number
 * @ids: (nullable): only these
 * @words: (nullable): what all of it must contain, by herald_history_words_split()
 * @names: (nullable): of channels, by id, for whoever looks for them
 *
 * What somebody wants of the history.
 */
typedef struct
{
  guint limit;
  guint states;
  char *printer;
  char *channel;
  char *kind;
  gint64 since_ms;
  gint64 until_ms;
  gint64 before;
  gint64 after;
  GArray *ids;
  char **words;
  GHashTable *names;
} HeraldHistoryQuery;

HeraldHistoryQuery *herald_history_query_new        (void);
void                herald_history_query_free       (HeraldHistoryQuery       *self);

/* (transfer full) (nullable): ",pending,deferred," or NULL for all */
char               *herald_history_query_dup_states (const HeraldHistoryQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldHistoryQuery, herald_history_query_free)

G_END_DECLS
