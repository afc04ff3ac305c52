/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on @window stands before @parent and goes with it. */
void herald_transient_attach (GtkWindow *window,
                              GtkWindow *parent);

G_END_DECLS
