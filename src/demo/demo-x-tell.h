/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-x.h"

G_BEGIN_DECLS

/* Where X is, and with which credentials a channel can be added */
void herald_demo_x_tell_open (HeraldDemoX *x,
                              gboolean     as_json);

/* What was posted */
void herald_demo_x_tell_post (HeraldDemoX *x,
                              guint        i,
                              gboolean     as_json);

G_END_DECLS
