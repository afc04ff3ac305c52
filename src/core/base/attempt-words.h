/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): how @attempt, an entry of ListAttempts, ended: in the words of the other side where there are any */
char *herald_attempt_words_dup_result (GVariant *attempt);

G_END_DECLS
