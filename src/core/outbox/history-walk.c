/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-walk"

#include "core/outbox/history-walk.h"

/* So long the loop is held at once, about; a step of so many numbers takes a tenth of it. */
#define SLICE_US 2000
#define STEP_NUMBERS 64

typedef struct
{
  GTask *task;
  HeraldDatabase *database;
  const char *next_sql;
  gint64 below;
  HeraldHistoryStep step;
  HeraldHistoryEnd end;
} Walk;

static void
walk_free (gpointer data)
{
  Walk *walk = data;

  g_object_unref (walk->task);
  g_object_unref (walk->database);
  g_free (walk);
}

/* Returns: whether it goes on */
static gboolean
take_step (Walk *walk)
{
  g_autoptr(GError) error = NULL;
  gint64 top = 0;
  gint64 from;

  if (g_task_return_error_if_cancelled (walk->task))
    return FALSE;

  if (herald_database_get_int (walk->database, &top, &error, walk->next_sql, "i", walk->below) && top > 0)
    {
      from = MAX (1, top - STEP_NUMBERS + 1);
      walk->below = from;
      if (walk->step (walk->database, from, top + 1, g_task_get_task_data (walk->task), &error))
        return TRUE;
    }

  if (error != NULL)
    g_task_return_error (walk->task, g_steal_pointer (&error));
  else
    walk->end (walk->task);

  return FALSE;
}

static gboolean
on_walk_idle (gpointer user_data)
{
  gint64 deadline_us = g_get_monotonic_time () + SLICE_US;

  do
    {
      if (!take_step (user_data))
        return G_SOURCE_REMOVE;
    }
  while (g_get_monotonic_time () < deadline_us);

  return G_SOURCE_CONTINUE;
}

/**
 * herald_history_walk:
 * @taken_task: gets its result from @end
 * @next_sql: selects the greatest number below ?1, NULL if there is none
 * @below: where to begin
 *
 * From the newest to the oldest, a few at a time, so that whatever else there is to do is done meanwhile. There may be a
 * hundred thousand, and no index would serve all that can be asked.
 */
void
herald_history_walk (GTask             *taken_task,
                     HeraldDatabase    *database,
                     const char        *next_sql,
                     gint64             below,
                     HeraldHistoryStep  step,
                     HeraldHistoryEnd   end)
{
  Walk *walk = g_new0 (Walk, 1);

  *walk = (Walk) { taken_task, g_object_ref (database), next_sql, below, step, end };
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_walk_idle, walk, walk_free);
}
