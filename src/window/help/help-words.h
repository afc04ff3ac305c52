/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer none): what po/help has for @words of a page, or @words; a HeraldHelpTranslate that needs no @user_data */
const char *herald_help_words_translate (const char *words,
                                         gpointer    user_data);

G_END_DECLS
