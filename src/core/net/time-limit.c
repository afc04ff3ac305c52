/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-time-limit"

#include "core/net/time-limit.h"

/**
 * HeraldTimeLimit:
 *
 * Ends an operation when its time is up or its caller cancels it, whichever
 * comes first, and knows afterwards which it was.
 */
struct _HeraldTimeLimit
{
  guint limit_ms;
  GCancellable *cancellable;
  GCancellable *caller;
  gulong caller_id;
  guint timeout_id;
  gboolean is_over;
};

static gboolean
on_limit_timeout (gpointer user_data)
{
  HeraldTimeLimit *self = user_data;

  self->timeout_id = 0;
  self->is_over = TRUE;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller,
                     gpointer      user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

/**
 * herald_time_limit_new:
 * @caller: (nullable): what the caller of the operation cancels it with
 *
 * Returns: (transfer full): a limit that runs from now on
 */
HeraldTimeLimit *
herald_time_limit_new (guint         limit_ms,
                       GCancellable *caller)
{
  HeraldTimeLimit *self = g_new0 (HeraldTimeLimit, 1);

  self->limit_ms = limit_ms;
  self->cancellable = g_cancellable_new ();
  if (caller != NULL)
    {
      self->caller = g_object_ref (caller);
      self->caller_id = g_cancellable_connect (caller, G_CALLBACK (on_caller_cancelled),
                                               g_object_ref (self->cancellable), g_object_unref);
    }
  herald_time_limit_restart (self);

  return self;
}

/**
 * herald_time_limit_get_cancellable:
 *
 * Returns: what the operation is to be started with
 */
GCancellable *
herald_time_limit_get_cancellable (HeraldTimeLimit *self)
{
  return self->cancellable;
}

/**
 * herald_time_limit_is_over:
 *
 * Returns: whether it was the time that ended the operation
 */
gboolean
herald_time_limit_is_over (HeraldTimeLimit *self)
{
  return self->is_over;
}

/**
 * herald_time_limit_restart:
 *
 * Something has moved: the time counts from now.
 */
void
herald_time_limit_restart (HeraldTimeLimit *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (self->limit_ms, on_limit_timeout, self);
}

void
herald_time_limit_free (HeraldTimeLimit *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->caller != NULL)
    g_cancellable_disconnect (self->caller, self->caller_id);
  g_clear_object (&self->caller);
  g_clear_object (&self->cancellable);
  g_free (self);
}
