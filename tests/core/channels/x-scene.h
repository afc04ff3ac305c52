/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/outbox/draft.h"
#include "core/outbox/fake-clock.h"
#include "core/outbox/outbox.h"
#include "demo/demo-x.h"
#include "fixtures/cable.h"

G_BEGIN_DECLS

/* An account at X as it is set up, an outbox that sends by it, and X itself, at the other end of a line that can be cut.
 * The clock of the outbox stands still until it is moved; X's does not. */
typedef struct
{
  char *folder;
  FakeClock *clock;
  GListStore *channels;
  HeraldChannel *channel;
  HeraldOutbox *outbox;
  HeraldDemoX *x;
  Cable *cable;
  guint n_said;
  gboolean is_changed;
} XScene;

/* What became of one message. @n_posts: with its text, at X */
typedef struct
{
  HeraldDeliveryState state;
  guint n_attempts;
  guint n_ambiguous;
  guint n_posts;
  char *reason;
  char *remote_id;
} XOutcome;

XScene *x_scene_new         (void);
void    x_scene_free        (XScene               *self);

/* Another X at the end of the line, which knows nothing, and which has no limits */
void    x_scene_renew_x     (XScene               *self);

/* The next answers to a post are like this, after so many that are right; see docs/simulator.md */
void    x_scene_play        (XScene               *self,
                             const char           *kind,
                             guint                 n_times,
                             HeraldDemoXDeed       deed);

/* Says something that was never said before, in a lane of its own; returns the id of its delivery. */
gint64  x_scene_say         (XScene               *self);
gint64  x_scene_say_text    (XScene               *self,
                             const char           *text);

/* Lets so much happen as does without the clock of the outbox */
void    x_scene_settle      (XScene               *self);
void    x_scene_advance_s   (XScene               *self,
                             guint                 seconds);

/* Moves the clock until the delivery is over, or is held, or an hour has passed */
void    x_scene_see_through (XScene               *self,
                             gint64                delivery,
                             XOutcome             *outcome);
/* The same, but only until the first attempt is over */
void    x_scene_try_once    (XScene               *self,
                             gint64                delivery,
                             XOutcome             *outcome);
void    x_scene_look        (XScene               *self,
                             gint64                delivery,
                             XOutcome             *outcome);
guint   x_scene_count_posts (XScene               *self,
                             const char           *text);
void    x_outcome_clear     (XOutcome             *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XScene, x_scene_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XOutcome, x_outcome_clear)

G_END_DECLS
