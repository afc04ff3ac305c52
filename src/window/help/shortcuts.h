/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Sets the shortcuts of all actions of the program. */
void herald_shortcuts_install (GtkApplication *application);

/* The window that lists them */
void herald_shortcuts_present (GtkWindow      *parent);

G_END_DECLS
