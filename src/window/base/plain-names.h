/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, before the first window: has screen readers hear the words of every button, without the mark of its key, and no class of
 * a list. */
void herald_plain_names_ensure (void);

G_END_DECLS
