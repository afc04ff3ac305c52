/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attachment.h"
#include "core/channels/message.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ATTEMPT (herald_attempt_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAttempt, herald_attempt, HERALD, ATTEMPT, GObject)

typedef gboolean (*HeraldCommitFunc) (HeraldAttempt  *attempt,
                                      gpointer        user_data,
                                      GError        **error);

HeraldAttempt *herald_attempt_new             (HeraldMessage     *message,
                                               const char        *destination,
                                               const char        *idempotency_key,
                                               HeraldCommitFunc   commit,
                                               gpointer           user_data);

HeraldMessage *herald_attempt_get_message     (HeraldAttempt     *self);
const char    *herald_attempt_get_destination (HeraldAttempt     *self);
const char    *herald_attempt_get_key         (HeraldAttempt     *self);

/* (nullable): letters and digits that the messages of one print have by one channel, and no others */
const char    *herald_attempt_get_thread      (HeraldAttempt     *self);
void           herald_attempt_take_thread     (HeraldAttempt     *self,
                                               char              *take_thread);

/* Milliseconds since 1970: when the first attempt began that may have arrived, be it this one; 0 if nobody knows. What a
 * message says of the time it was sent at is said of this time, so that it is the same message later. */
gint64         herald_attempt_get_begun_ms    (HeraldAttempt     *self);
void           herald_attempt_set_begun_ms    (HeraldAttempt     *self,
                                               gint64             begun_ms);

/* Whether an earlier attempt of the same message may have arrived; nobody knows */
gboolean       herald_attempt_may_have_arrived     (HeraldAttempt *self);
void           herald_attempt_set_may_have_arrived (HeraldAttempt *self,
                                                    gboolean       may_have_arrived);

/* Attempts so far, this one included; 1 unless it is said */
guint          herald_attempt_get_n_tries     (HeraldAttempt     *self);
void           herald_attempt_set_n_tries     (HeraldAttempt     *self,
                                               guint              n_tries);

/* Whether it was told before, and a person wants to hear it again later, unless it is no longer true. The channel says so:
 * nothing is told then, for that reason. */
gboolean       herald_attempt_is_repeat       (HeraldAttempt     *self);
void           herald_attempt_set_is_repeat   (HeraldAttempt     *self,
                                               gboolean           is_repeat);
void           herald_attempt_set_pointless   (HeraldAttempt     *self,
                                               const char        *reason);
const char    *herald_attempt_get_pointless   (HeraldAttempt     *self);

/* What goes with the message; NULL for nothing. Who cannot see it is told the message's title instead. */
HeraldAttachment *herald_attempt_get_attachment (HeraldAttempt    *self);
void           herald_attempt_take_attachment (HeraldAttempt     *self,
                                               HeraldAttachment  *take_attachment);

/* Whether nobody but the channel decides that the words go without the picture; without it a message that is refused is
 * tried once more without its picture */
gboolean       herald_attempt_keeps_picture   (HeraldAttempt     *self);
void           herald_attempt_set_keeps_picture (HeraldAttempt   *self,
                                               gboolean           keeps_picture);

gboolean       herald_attempt_commit          (HeraldAttempt     *self,
                                               GError           **error);
gboolean       herald_attempt_is_committed    (HeraldAttempt     *self);

void           herald_attempt_enter_step      (HeraldAttempt     *self,
                                               const char        *step);
const char    *herald_attempt_get_step        (HeraldAttempt     *self);

void           herald_attempt_set_receipt     (HeraldAttempt     *self,
                                               int                code,
                                               const char        *words,
                                               const char        *remote_id);
int            herald_attempt_get_reply_code  (HeraldAttempt     *self);
const char    *herald_attempt_get_reply       (HeraldAttempt     *self);
const char    *herald_attempt_get_remote_id   (HeraldAttempt     *self);

/* What a person should know of a message that was accepted */
void           herald_attempt_set_remark      (HeraldAttempt     *self,
                                               const char        *remark);
const char    *herald_attempt_get_remark      (HeraldAttempt     *self);

G_END_DECLS
