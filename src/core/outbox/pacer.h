/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/outbox/journal.h"

G_BEGIN_DECLS

/**
 * HeraldPace:
 * @HERALD_PACE_GO: the message may be sent now
 * @HERALD_PACE_WAIT: it waits, or is over
 * @HERALD_PACE_FAILED: the disk does not tell
 */
typedef enum
{
  HERALD_PACE_GO,
  HERALD_PACE_WAIT,
  HERALD_PACE_FAILED,
} HeraldPace;

/* Sees to it that no channel sends more than its allowance. */
typedef struct _HeraldPacer HeraldPacer;

HeraldPacer *herald_pacer_new         (HeraldJournal     *journal);
void         herald_pacer_free        (HeraldPacer       *self);
void         herald_pacer_set_digest  (HeraldPacer       *self,
                                       HeraldDigestFunc   digest,
                                       gpointer           user_data);

/* What was counted is counted anew, as time and deliveries have gone on. */
void         herald_pacer_begin_round (HeraldPacer       *self);
HeraldPace   herald_pacer_judge       (HeraldPacer       *self,
                                       HeraldChannel     *channel,
                                       const HeraldHead  *head,
                                       GArray            *changed,
                                       gint64            *next_boot_ms,
                                       GError           **error);
void         herald_pacer_note_start  (HeraldPacer       *self,
                                       HeraldChannel     *channel,
                                       const HeraldHead  *head);

G_END_DECLS
