/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-state"

#include "ctl/history-state.h"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"

typedef struct
{
  const char *id;
  const char *words;
  HeraldTone tone;
} State;

static const State states[] = {
  { "pending", N_("Waiting"), HERALD_TONE_BUSY },
  { "sending", N_("Being sent"), HERALD_TONE_BUSY },
  { "committing", N_("Being sent"), HERALD_TONE_BUSY },
  { "deferred", N_("Will be tried again"), HERALD_TONE_BUSY },
  { "delivered", N_("Delivered"), HERALD_TONE_GOOD },
  { "probable", N_("Probably delivered"), HERALD_TONE_BUSY },
  { "expired", N_("Too old to be sent"), HERALD_TONE_BAD },
  { "superseded", N_("No longer needed"), HERALD_TONE_DIM },
  { "digested", N_("Part of a summary"), HERALD_TONE_DIM },
  { "rejected", N_("Refused"), HERALD_TONE_BAD },
  { "quarantined", N_("Held back, please look at it"), HERALD_TONE_BAD },
  { "cancelled", N_("Not sent"), HERALD_TONE_DIM },
};

static const State *
find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].id, id))
        return &states[i];
    }

  return NULL;
}

const char *
herald_history_state_get_words (const char *id)
{
  const State *state = find (id);

  return state != NULL ? _(state->words) : id;
}

HeraldTone
herald_history_state_get_tone (const char *id)
{
  const State *state = find (id);

  return state != NULL ? state->tone : HERALD_TONE_DIM;
}

static char *
dup_all (void)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    g_string_append_printf (all, "%s%s", i > 0 ? " " : "", states[i].id);

  return g_string_free (g_steal_pointer (&all), FALSE);
}

gboolean
herald_history_state_check (const char  *typed,
                            GError     **error)
{
  g_auto(GStrv) wanted = g_strsplit (typed, ",", -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *all = NULL;

      if (find (wanted[i]) != NULL)
        continue;

      all = dup_all ();
      return herald_failure_set_usage (error, _("There is no state “%s”; the states are %s"), wanted[i], all);
    }

  return TRUE;
}
