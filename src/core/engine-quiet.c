/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-quiet"

#include "core/engine-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/time-words.h"
#include "core/engine-quiet.h"
#include "core/store/preferences.h"

/* The preferences by which the engine itself acts: quiet hours, and how long the history is kept. */

static gint64
find_end_ms (HeraldEngine *self)
{
  /* Whoever travels sets the clock of the computer. */
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return herald_quiet_hours_get_end_ms (&self->quiet_hours, herald_clock_get_wall_ms (self->clock), zone);
}

/**
 * herald_engine_load_quiet:
 *
 * To be called when preferences have changed.
 */
void
herald_engine_load_quiet (HeraldEngine *self)
{
  g_autofree char *from = herald_preferences_dup (self->config, HERALD_PREFERENCE_QUIET_FROM);
  g_autofree char *until = herald_preferences_dup (self->config, HERALD_PREFERENCE_QUIET_UNTIL);

  herald_quiet_hours_read (&self->quiet_hours, from, until,
                           herald_preferences_get_boolean (self->config, HERALD_PREFERENCE_QUIET_URGENT));
  herald_outbox_set_kept_days (self->outbox,
                               herald_preferences_get_count (self->config, HERALD_PREFERENCE_HISTORY_DAYS));
  herald_engine_look_at_quiet (self);
}

/**
 * herald_engine_look_at_quiet:
 *
 * The clock goes on, jumps, or stands still while the computer sleeps: it is asked rather than waited for.
 */
void
herald_engine_look_at_quiet (HeraldEngine *self)
{
  gint64 until_ms = find_end_ms (self);

  if (self->quiet_until_ms == until_ms)
    return;

  self->quiet_until_ms = until_ms;
  g_object_notify (G_OBJECT (self), "quiet-until");
}

/**
 * herald_engine_dup_quiet:
 *
 * Returns: (transfer full) (nullable): why @event is written down and not told; %NULL if it is told
 */
char *
herald_engine_dup_quiet (HeraldEngine *self,
                         HeraldEvent  *event)
{
  gint64 until_ms = find_end_ms (self);
  g_autofree char *moment = NULL;

  if (until_ms == 0 || (self->quiet_hours.lets_urgent_through && herald_engine_goes_wrong (event)))
    return NULL;

  moment = herald_time_words_format_moment (until_ms, herald_clock_get_wall_ms (self->clock));

  /* Translators: a time, e.g. “tomorrow 07:00” */
  return g_strdup_printf (_("Not told: quiet hours until %s."), moment);
}

gint64
herald_engine_get_quiet_until (HeraldEngine *self)
{
  return find_end_ms (self);
}
