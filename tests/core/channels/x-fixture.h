/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/error.h"
#include "core/channels/channel.h"
#include "demo/demo-x.h"

G_BEGIN_DECLS

/* An account at X as set up by somebody
 * @attempt: the last one
 * @n_commits: how often the last one was committed
 * @error: what it ended with; NULL if it was posted */
typedef struct
{
  HeraldChannel *channel;
  char *folder;
  HeraldAttempt *attempt;
  guint n_commits;
  GError *error;
  guint n_under_way;
} XFixture;

/* What is special about an attempt
 * @media_type: (nullable): of the picture
 * @n_bytes: of the picture
 * @n_tries: 0 for the first */
typedef struct
{
  const char *media_type;
  gsize n_bytes;
  guint n_tries;
  gboolean may_have_arrived;
} XAttempt;

/* @server: where X is. The credentials are those of the stand-in. */
XFixture   *x_fixture_new         (const char     *server);
void        x_fixture_free        (XFixture       *self);
void        x_fixture_set         (XFixture       *self,
                                   const char     *name,
                                   const char     *value);
void        x_fixture_set_secret  (XFixture       *self,
                                   const char     *field,
                                   const char     *value);

/* Begins an attempt; @special may be NULL */
void        x_fixture_start       (XFixture       *self,
                                   const char     *text,
                                   const XAttempt *special,
                                   GCancellable   *cancellable);
void        x_fixture_wait        (XFixture       *self);
/* Both, to the end. Returns whether it was posted */
gboolean    x_fixture_post        (XFixture       *self,
                                   const char     *text,
                                   const XAttempt *special);
/* (transfer full) (nullable): what the check says */
char       *x_fixture_verify      (XFixture       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XFixture, x_fixture_free)

/* An account at a stand-in that checks every signature: the fixture of a test */
typedef struct
{
  HeraldDemoX *x;
  XFixture *account;
} XStandIn;

void        x_stand_in_set_up     (XStandIn       *self,
                                   gconstpointer   data);
void        x_stand_in_tear_down  (XStandIn       *self,
                                   gconstpointer   data);

G_END_DECLS
