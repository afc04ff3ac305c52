/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldAttemptRecord:
 * @number: from 1
 * @started_ms: when it began
 * @ended_ms: 0 while it goes on, and of one that was interrupted
 * @step: how far it came, as in herald_attempt_enter_step()
 * @code: the other side's status code, 0 if there was none
 * @words: (nullable): the other side's own words
 *
 * How an attempt ended.
 */
typedef struct
{
  guint number;
  gint64 started_ms;
  gint64 ended_ms;
  char *step;
  int code;
  char *words;
} HeraldAttemptRecord;

void herald_attempt_record_free (HeraldAttemptRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldAttemptRecord, herald_attempt_record_free)

G_END_DECLS
