/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

#define HERALD_TYPE_KEEP_AWAKE (herald_keep_awake_get_type ())
G_DECLARE_FINAL_TYPE (HeraldKeepAwake, herald_keep_awake, HERALD, KEEP_AWAKE, GObject)

/* Decides whether the computer shall stay awake for a message that waits. Signal: changed. */
HeraldKeepAwake *herald_keep_awake_new       (HeraldEngine    *engine);
gboolean         herald_keep_awake_is_needed (HeraldKeepAwake *self);

G_END_DECLS
