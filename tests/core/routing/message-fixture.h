/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/routing/message-change.h"
#include "core/routing/message-settings.h"

G_BEGIN_DECLS

/* A configuration that is not the user's. */
typedef struct
{
  char *directory;
  char *path;
  HeraldConfig *config;
} MessageFixture;

void     message_fixture_set_up    (MessageFixture   *fixture,
                                    gconstpointer     user_data);
void     message_fixture_tear_down (MessageFixture   *fixture,
                                    gconstpointer     user_data);

/* Reads the file anew, as after a restart */
void     message_fixture_reopen    (MessageFixture   *fixture);

/* @changes: "name=value|name=value". Whether it was taken; if not, for a reason that a person can read. */
gboolean message_fixture_change    (MessageFixture   *fixture,
                                    HeraldEventKind   kind,
                                    const char       *printer,
                                    const char       *changes);

G_END_DECLS
