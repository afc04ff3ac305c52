/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-transfer-watch"

#include "core/printers/transfer-watch.h"

#include "core/printers/job-values.h"

static HeraldValues *
make_values (HeraldTransferWatch *self,
             HeraldValues        *said)
{
  HeraldValues *values = self->values != NULL ? herald_values_copy (self->values) : herald_values_new ();

  herald_values_merge (values, said);
  if (herald_values_get (values, "name") == NULL)
    herald_values_set (values, "name", herald_values_get (values, "local") != NULL
                                         ? herald_values_get (values, "local")
                                         : herald_values_get (values, "remote"));
  herald_job_values_set_file (values);

  return values;
}

void
herald_transfer_watch_begin (HeraldTransferWatch *self,
                             HeraldValues        *said,
                             gint64               now_ms)
{
  herald_transfer_watch_clear (self);
  self->values = make_values (self, said);
  self->started_ms = now_ms;
  herald_progress_memory_init (&self->told);
}

HeraldValues *
herald_transfer_watch_end (HeraldTransferWatch *self,
                           HeraldValues        *said,
                           gint64               now_ms)
{
  HeraldValues *values = make_values (self, said);
  gint64 seconds = herald_values_get_int (values, "time", -1);

  if (seconds < 0 && self->values != NULL)
    seconds = (now_ms - self->started_ms) / 1000;
  if (seconds >= 0)
    herald_job_values_set_duration (values, "time", seconds);
  herald_transfer_watch_clear (self);

  return values;
}

HeraldValues *
herald_transfer_watch_take (HeraldTransferWatch *self,
                            HeraldPrinterState  *state,
                            guint                step_percent,
                            gint64               now_ms)
{
  const HeraldProgressRule rule = { .step_percent = step_percent };
  HeraldProgressMark mark;
  g_autoptr(HeraldValues) said = NULL;

  if (self->values == NULL || !herald_progress_rule_cross (&rule, &self->told, state, now_ms, &mark))
    return NULL;

  said = herald_values_new ();
  herald_values_set_printf (said, "progress", "%d", mark.percent);

  return make_values (self, said);
}

gboolean
herald_transfer_watch_is_on (const HeraldTransferWatch *self)
{
  return self->values != NULL;
}

void
herald_transfer_watch_clear (HeraldTransferWatch *self)
{
  g_clear_pointer (&self->values, g_hash_table_unref);
}
