/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-gap"

#include "core/printers/gap.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"

static void
file_record_free (HeraldFileRecord *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/**
 * herald_gap_new:
 * @from_ms: when we last heard of the printer; 0 if never
 */
HeraldGap *
herald_gap_new (HeraldPrinterState *state,
                gint64              from_ms,
                gint64              to_ms)
{
  HeraldGap *self = g_new0 (HeraldGap, 1);

  self->from_ms = from_ms;
  self->to_ms = to_ms;
  self->answered_ms = to_ms;
  self->state = herald_printer_state_ref (state);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_record_free);
  self->marks = g_array_new (FALSE, FALSE, sizeof (HeraldMark));

  return self;
}

void
herald_gap_free (HeraldGap *self)
{
  herald_printer_state_unref (self->state);
  g_ptr_array_unref (self->files);
  g_array_unref (self->marks);
  g_free (self->error);
  g_free (self);
}

HeraldFileRecord *
herald_gap_add_file (HeraldGap  *self,
                     const char *path,
                     const char *name)
{
  HeraldFileRecord *record = g_new0 (HeraldFileRecord, 1);

  record->path = g_strdup (path);
  record->name = g_strdup (name);
  g_ptr_array_add (self->files, record);

  return record;
}

/**
 * herald_gap_describe_absence:
 *
 * Returns: (transfer full) (nullable): the sentence for messages about things we did not see
 */
char *
herald_gap_describe_absence (const HeraldGap *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (self->from_ms == 0)
    return NULL;

  from = herald_text_format_time_of_day (self->from_ms);
  to = herald_text_format_time_of_day (self->to_ms);

  /* Translators: two times of day, e.g. 14:02 and 14:31 */
  return g_strdup_printf (_("While disconnected (%s–%s)."), from, to);
}
