/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-outcome"

#include "core/outbox/outcome.h"

void
herald_outcome_clear (HeraldOutcome *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->remote_id, g_free);
  g_clear_pointer (&self->words, g_free);
}
