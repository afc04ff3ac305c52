/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/routing/illustrator.h"
#include "outbox/fake-channel.h"
#include "scripted-camera.h"

G_BEGIN_DECLS

/* A printer with a camera, a channel that takes pictures and one that takes none, and an outbox that sends. */
typedef struct
{
  char *directory;
  char *config_path;
  HeraldConfig *config;
  GListStore *printers;
  GListStore *channels;
  ScriptedCamera *camera;
  FakeChannel *pictures;
  FakeChannel *words;
  HeraldClock *clock;
  HeraldOutbox *outbox;
  HeraldIllustrator *illustrator;
  guint desk_ms;      /* what is told next goes only if nobody is at this computer */
} IllustratorFixture;

void            illustrator_fixture_set_up    (IllustratorFixture *fixture,
                                               gconstpointer       data);
void            illustrator_fixture_tear_down (IllustratorFixture *fixture,
                                               gconstpointer       data);
/* Reads the configuration anew, and, as after a start, all the rest */
void            illustrator_fixture_reopen    (IllustratorFixture *fixture);
void            illustrator_fixture_configure (IllustratorFixture *fixture,
                                               const char         *text);

/* What the engine does with an event of the printer; the event's id */
gint64          illustrator_fixture_tell      (IllustratorFixture *fixture,
                                               HeraldEventKind     kind,
                                               const char         *channels,
                                               HeraldPicture      *given);
/* Until all that waits is over; how long it took */
gint64          illustrator_fixture_wait_ms   (IllustratorFixture *fixture);
/* (transfer full): of the last event, to @channel */
HeraldDelivery *illustrator_fixture_find      (IllustratorFixture *fixture,
                                               const char         *channel);
void            illustrator_fixture_spin_ms   (guint               ms);

#define ILLUSTRATOR_ADD(path, data, test) \
  g_test_add (path, IllustratorFixture, data, illustrator_fixture_set_up, test, illustrator_fixture_tear_down)

G_END_DECLS
