/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"
#include "fake-channel.h"
#include "fake-clock.h"

G_BEGIN_DECLS

/* An outbox in a directory of its own, with a channel that does as it is told and a clock that
 * stands still until it is moved. */
typedef struct
{
  char *directory;
  char *path;
  GListStore *channels;
  FakeClock *clock;
  FakeChannel *channel;
  gint64 price; /* of what is said from now on */
  const char *destination; /* the same; NULL for the usual one */
  guint lifetime_s;        /* the same; 0 for an hour */
  guint desk_ms;           /* the same; how long it waits for somebody at the desk */
  const char *silence;     /* the same; why it is only written down */
  HeraldOutbox *outbox;
} Fixture;

void            fixture_set_up       (Fixture              *fixture,
                                      gconstpointer         data);
void            fixture_tear_down    (Fixture              *fixture,
                                      gconstpointer         data);
void            fixture_open         (Fixture              *fixture);
void            fixture_close        (Fixture              *fixture);
void            fixture_run_sql      (Fixture              *fixture,
                                      const char           *sql);
/* Whether nothing is done any more */
gboolean        fixture_spin         (void);
void            fixture_look_again   (Fixture              *fixture);
void            fixture_pass         (Fixture              *fixture,
                                      gint64                ms);
/* Several are told as one, which has the title "TOGETHER(2:a,b)". */
void            fixture_begin        (Fixture              *fixture);
gint64          fixture_say          (Fixture              *fixture,
                                      HeraldEventKind       kind,
                                      const char           *dedupe);
gint64          fixture_say_held     (Fixture              *fixture,
                                      HeraldEventKind       kind,
                                      const char           *dedupe,
                                      guint                 hold_ms,
                                      gboolean              awaits_picture);
/* Each printer has a lane of its own. */
gint64          fixture_say_by       (Fixture              *fixture,
                                      const char           *printer,
                                      const char           *dedupe);
/* Gives the deliveries of @event by @channel a picture that is none. */
void            fixture_illustrate   (Fixture              *fixture,
                                      gint64                event,
                                      const char           *channel,
                                      const char           *content);
GPtrArray      *fixture_query        (Fixture              *fixture,
                                      gint64                id);
void            fixture_assert_state (Fixture              *fixture,
                                      gint64                id,
                                      HeraldDeliveryState   state);

#define FIXTURE_ADD(path, data, test) \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)

G_END_DECLS
