/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_HISTORY_CHOOSER (herald_history_chooser_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHistoryChooser, herald_history_chooser, HERALD, HISTORY_CHOOSER, AdwBin)

/* A button with what can be chosen below it. Signal: changed */
void       herald_history_chooser_set_link    (HeraldHistoryChooser *self,
                                              HeraldServiceLink   *link);
void       herald_history_chooser_add_to      (HeraldHistoryChooser *self,
                                              GVariantDict        *filter);
gboolean   herald_history_chooser_is_set      (HeraldHistoryChooser *self);
void       herald_history_chooser_clear       (HeraldHistoryChooser *self);
/* (transfer full) (element-type utf8): what was chosen, each for a person */
GPtrArray *herald_history_chooser_list_chosen (HeraldHistoryChooser *self);
/* Takes back the choice of this index in the list */
void       herald_history_chooser_clear_one   (HeraldHistoryChooser *self,
                                              guint                index);

G_END_DECLS
