/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-faults"

#include "demo/demo-x-faults.h"

static HeraldDemoXPlayed *
played_new (const HeraldDemoXFaultRow *row,
            const HeraldDemoXFault    *fault)
{
  HeraldDemoXPlayed *played = g_new0 (HeraldDemoXPlayed, 1);

  played->row = row;
  played->fault = *fault;
  played->fault.kind = row->kind;
  played->fault.path = g_strdup (fault->path);
  played->fault.location = g_strdup (fault->location);

  return played;
}

void
herald_demo_x_played_free (HeraldDemoXPlayed *played)
{
  g_free ((char *) played->fault.path);
  g_free ((char *) played->fault.location);
  g_free (played);
}

gboolean
herald_demo_x_play (HeraldDemoX            *self,
                    const HeraldDemoXFault *fault)
{
  const HeraldDemoXFaultRow *row = herald_demo_x_find_fault_row (fault->kind);

  if (row == NULL)
    return FALSE;

  if (row->class == HERALD_DEMO_X_A_TRAIT)
    {
      self->has_trait[row->extra] = TRUE;
      self->trait_s[row->extra] = fault->seconds;
    }
  else
    g_ptr_array_add (self->faults, played_new (row, fault));

  return TRUE;
}

void
herald_demo_x_stop_faults (HeraldDemoX *self)
{
  g_ptr_array_set_size (self->faults, 0);
  for (guint i = 0; i < HERALD_DEMO_X_N_TRAITS; i++)
    {
      self->has_trait[i] = FALSE;
      self->trait_s[i] = 0;
    }
}

HeraldDemoXPlayed *
herald_demo_x_take_fault (HeraldDemoXRequest *request)
{
  GPtrArray *faults = request->x->faults;

  for (guint i = 0; i < faults->len; i++)
    {
      HeraldDemoXPlayed *played = g_ptr_array_index (faults, i);

      if (played->fault.path != NULL && !g_str_has_prefix (request->path, played->fault.path))
        continue;
      if (played->fault.n_before > 0)
        {
          played->fault.n_before--;
          return NULL;
        }
      if (played->fault.n_times == 1)
        return g_ptr_array_steal_index (faults, i);
      if (played->fault.n_times > 0)
        played->fault.n_times--;
      return played_new (played->row, &played->fault);
    }

  return NULL;
}

/* Whether what was asked for is done although the answer is wrong */
gboolean
herald_demo_x_does_it (const HeraldDemoXPlayed *played)
{
  if (played->fault.deed != HERALD_DEMO_X_AS_USUAL)
    return played->fault.deed == HERALD_DEMO_X_DONE;

  return played->row->class == HERALD_DEMO_X_STRANGE || played->row->extra == HERALD_DEMO_X_CUT ||
         played->row->extra == HERALD_DEMO_X_SLOW;
}
