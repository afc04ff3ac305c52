/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-state.h"

G_BEGIN_DECLS

/**
 * HeraldFirstLayer:
 * @height_mm: of the first layer as it looks; 0 until it is known
 * @n_above: how many states in a row were one layer above it
 *
 * Notices when the first layer of a print is done: the nozzle stays a layer
 * higher. Pure; starts zeroed with each print.
 */
typedef struct
{
  double height_mm;
  guint n_above;
} HeraldFirstLayer;

/* Returns whether it has just been finished. */
gboolean herald_first_layer_take (HeraldFirstLayer   *self,
                                  HeraldPrinterState *state);

G_END_DECLS
