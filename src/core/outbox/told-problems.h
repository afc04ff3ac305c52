/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/store/database.h"

G_BEGIN_DECLS

char *herald_told_problems_dup    (HeraldDatabase *database,
                                   const char     *channel);
void  herald_told_problems_set    (HeraldDatabase *database,
                                   const char     *channel,
                                   const char     *sentence);

G_END_DECLS
