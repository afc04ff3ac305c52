/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldAttemptRecord:
 * @step: how far it came, as in herald_attempt_enter_step()
 * @code: the other side's status code, 0 if there was none
 * @words: (nullable): the other side's own words
 *
 * How an attempt ended.
 */
typedef struct
{
  char *step;
  int code;
  char *words;
} HeraldAttemptRecord;

void herald_attempt_record_free (HeraldAttemptRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldAttemptRecord, herald_attempt_record_free)

G_END_DECLS
