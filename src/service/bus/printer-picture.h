/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"

G_BEGIN_DECLS

/* @camera: its name, as it came over the bus; empty for the first
 * @taken_invocation: the call of GetSnapshot; answered when there is a picture or none, and consumed */
void herald_printer_picture_answer (HeraldPrinter         *printer,
                                    const char            *camera,
                                    GCancellable          *cancellable,
                                    GDBusMethodInvocation *taken_invocation);

/* @taken_invocation: the call of GetThumbnail; as above */
void herald_printer_picture_answer_thumbnail (HeraldPrinter         *printer,
                                              GCancellable          *cancellable,
                                              GDBusMethodInvocation *taken_invocation);

G_END_DECLS
