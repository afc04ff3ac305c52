/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Septets @c takes in GSM-7 (3GPP TS 23.038); 0 if it cannot be said there */
guint herald_gsm_count_septets (gunichar    c);

/* (nullable) (transfer full): @text so that GSM-7 can say it, with plain quotes and dashes and letters without their
 * marks; %NULL if that takes more than another spelling, e.g. for Greek or an emoji */
char *herald_gsm_transliterate (const char *text);

G_END_DECLS
