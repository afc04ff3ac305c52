/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-task"

#include "core/base/task.h"

/**
 * herald_task_settle:
 * @task: which is answered by whatever comes first: an answer, a signal, a limit
 * @error: (transfer full) (nullable): why it has failed; %NULL if it is done
 * @end: takes from the task's data what the others would come by, so that nothing more is heard
 *
 * What comes later changes nothing.
 */
void
herald_task_settle (GTask          *task,
                    GError         *error,
                    GDestroyNotify  end)
{
  /* What is ended may hold the last reference. */
  g_autoptr(GTask) kept = g_object_ref (task);

  if (g_task_get_completed (task))
    {
      g_clear_error (&error);
      return;
    }

  end (g_task_get_task_data (task));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}
