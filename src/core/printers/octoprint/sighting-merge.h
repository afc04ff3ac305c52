/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/sighting.h"

G_BEGIN_DECLS

/* @sightings: (element-type HeraldSighting): those without a uuid are given that of who answers there
 * @answers: (element-type utf8 HeraldServerDescription): address → what it told; NULL if something
 * answered and told nothing. An address that is not in it did not answer.
 * Returns (transfer full) (element-type HeraldFoundPrinter): one for each server, by name */
GPtrArray *herald_sighting_merge (GPtrArray  *sightings,
                                  GHashTable *answers);

G_END_DECLS
