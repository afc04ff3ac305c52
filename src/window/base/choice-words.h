/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is chosen in @row, a list of texts, is shown in full; libadwaita shows twenty letters of it, which is enough in few
 * languages. Before the row has its model. */
void herald_choice_words_install (AdwComboRow *row);

G_END_DECLS
