/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

void herald_printer_control_answer         (HeraldPrinter         *printer,
                                            const char            *action,
                                            GCancellable          *cancellable,
                                            GDBusMethodInvocation *taken_invocation);
void herald_printer_control_answer_history (HeraldPrinter         *printer,
                                            GDBusMethodInvocation *taken_invocation);

G_END_DECLS
