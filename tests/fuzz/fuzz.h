/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/printers/printer-state.h"

/* What libFuzzer calls with one input; corpus-driver.c does so with files. @data is as long as
 * @size to the byte, so that reading beyond it is noticed. */
int  LLVMFuzzerTestOneInput (const guint8       *data,
                             gsize               size);
int  LLVMFuzzerInitialize   (int                *argc,
                             char             ***argv);

/* What must be true of whatever a server has said */
void fuzz_check_text        (const char         *text,
                             gsize               max_chars);
void fuzz_check_values      (HeraldValues       *values);
void fuzz_check_state       (HeraldPrinterState *state);
