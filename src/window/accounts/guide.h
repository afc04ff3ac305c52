/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer floating): what to do before an account is added, step by step, with links that open in the browser
 * @steps: as ListChannelTypes of the D-Bus API has them */
GtkWidget *herald_guide_new (const char *const *steps);

G_END_DECLS
