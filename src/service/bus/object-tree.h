/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_OBJECT_TREE (herald_object_tree_get_type ())
G_DECLARE_FINAL_TYPE (HeraldObjectTree, herald_object_tree, HERALD, OBJECT_TREE, GObject)

HeraldObjectTree *herald_object_tree_new      (HeraldEngine      *engine);
gboolean          herald_object_tree_export   (HeraldObjectTree  *self,
                                               GDBusConnection   *connection,
                                               GError           **error);
void              herald_object_tree_unexport (HeraldObjectTree  *self);
HeraldDBusService1 *herald_object_tree_get_service (HeraldObjectTree *self);

G_END_DECLS
