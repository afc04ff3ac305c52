/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/x/x-verdict.h"

/* 21 November 2026, 12:00:00 UTC, as a number and as X writes it */
#define X_NOW_S G_GINT64_CONSTANT (1795262400)
#define X_NOW "Sat, 21 Nov 2026 12:00:00 GMT"

/* What is meant by "an earlier attempt is in doubt" */
typedef enum
{
  X_FIRST_TRY,
  X_SECOND_TRY,
} XTry;

/* (nullable) (transfer full): the verdict on an answer. @headers: (nullable): lines as in HTTP. @body: (nullable) */
GError *x_answer_judge (HeraldXAction  action,
                        XTry           number,
                        guint          status,
                        const char    *headers,
                        const char    *body);
