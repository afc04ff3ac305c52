/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DEMO_KEEPER (herald_demo_keeper_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoKeeper, herald_demo_keeper, HERALD, DEMO_KEEPER, GObject)

HeraldDemoKeeper *herald_demo_keeper_new        (HeraldEngine         *engine);
/* Adds the demo printer; answers with its id when it can be watched. There is never more than one. */
void              herald_demo_keeper_add_async  (HeraldDemoKeeper     *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char             *herald_demo_keeper_add_finish (GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
