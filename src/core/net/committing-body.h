/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef gboolean (*HeraldCommitBodyFunc) (gpointer   user_data,
                                          GError   **error);

#define HERALD_TYPE_COMMITTING_BODY (herald_committing_body_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCommittingBody, herald_committing_body, HERALD, COMMITTING_BODY, GMemoryInputStream)

HeraldCommittingBody *herald_committing_body_new       (GBytes                *bytes,
                                                        HeraldCommitBodyFunc   commit,
                                                        gpointer               user_data);
gboolean              herald_committing_body_has_begun (HeraldCommittingBody  *self);
const GError         *herald_committing_body_get_error (HeraldCommittingBody  *self);

G_END_DECLS
