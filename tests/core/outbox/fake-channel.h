/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/error.h"
#include "core/channels/channel.h"

G_BEGIN_DECLS

/* A channel that ends each attempt as it is told to, and counts. */
#define FAKE_TYPE_CHANNEL (fake_channel_get_type ())
G_DECLARE_FINAL_TYPE (FakeChannel, fake_channel, FAKE, CHANNEL, HeraldChannel)

struct _FakeChannel
{
  HeraldChannel parent_instance;

  int code;          /* a HeraldError; -1 to succeed, -2 never to answer */
  HeraldErrorScope scope; /* of the error; 0 for what is usual */
  guint retry_after_s;
  const char *remark; /* of what succeeds */
  const char *step;  /* how far it comes; NULL for no further than the start */
  const char *form;  /* of its words; NULL for that of its type */
  guint n_under_way;
  guint n_under_way_max;
  HeraldAllowance allowance;
  gboolean commits;
  gboolean refuses_pictures;
  gboolean keeps_pictures;
  const char *pointless; /* why nothing is told that was told before; NULL to tell it again */
  gboolean last_is_repeat;
  guint n_attempts;
  GString *log;      /* the titles, in the order they came */
  char *last_key;
  char *last_thread;
  gint64 last_begun_ms;
  guint last_n_tries;
  HeraldAttachment *last_attachment;
};

FakeChannel *fake_channel_new              (const char *id);
/* Takes pictures of at most 32 pixels, and films of at most 100 bytes */
FakeChannel *fake_channel_new_for_pictures (const char *id);
/* Reaches somebody who is elsewhere; the others show on the desktop */
FakeChannel *fake_channel_new_mail         (const char *id);
/* Sends one message after the other */
FakeChannel *fake_channel_new_serial       (const char *id);

G_END_DECLS
