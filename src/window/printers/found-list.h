/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_FOUND_LIST (herald_found_list_get_type ())
G_DECLARE_FINAL_TYPE (HeraldFoundList, herald_found_list, HERALD, FOUND_LIST, AdwBin)

/* Signal: chosen (url, known: id of the printer that is watched there, or empty) */
GtkWidget *herald_found_list_new    (HeraldServiceLink *link);
void       herald_found_list_search (HeraldFoundList   *self);
/* Whether one of them can be chosen: not while another is being added */
void       herald_found_list_set_busy (HeraldFoundList *self,
                                       const char      *url);

G_END_DECLS
