/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-snapshot-share"

#include "core/pictures/snapshot-share.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/net/time-limit.h"
#include "core/pictures/snapshot.h"

/* Messages about one event are as good as simultaneous; a picture of it need not be newer. */
#define FRESH_MS 1000

/* Where a printer keeps its desks */
#define DESKS "herald-snapshot-desks"

/**
 * Desk:
 * @waiting: (element-type GTask): whoever wants the picture that is being taken
 * @cancellable: (nullable): of the picture that is being taken
 * @settings: (nullable): of the printer when the last picture was begun
 * @until_ms: when the picture that is being taken is given up
 * @end_ms: when the last one of those who wait gives up
 *
 * One camera of one printer.
 */
typedef struct
{
  HeraldPrinter *printer;
  char *camera;
  GPtrArray *waiting;
  GCancellable *cancellable;
  HeraldValues *settings;
  gint64 until_ms;
  gint64 end_ms;
  HeraldPicture *last;
  guint forget_id;
} Desk;

typedef struct
{
  Desk *desk;
  HeraldTimeLimit *limit;
  GSource *source;
} Waiter;

static void begin (Desk *desk);

static void
waiter_free (Waiter *waiter)
{
  if (waiter->source != NULL)
    g_source_destroy (waiter->source);
  g_clear_pointer (&waiter->source, g_source_unref);
  g_clear_pointer (&waiter->limit, herald_time_limit_free);
  g_free (waiter);
}

static void
desk_free (Desk *desk)
{
  g_free (desk->camera);
  g_ptr_array_unref (desk->waiting);
  g_clear_object (&desk->cancellable);
  g_clear_pointer (&desk->settings, g_hash_table_unref);
  g_clear_handle_id (&desk->forget_id, g_source_remove);
  g_clear_pointer (&desk->last, herald_picture_unref);
  g_free (desk);
}

static gint64
get_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static Desk *
get_desk (HeraldPrinter *printer,
          const char    *camera)
{
  GHashTable *desks = g_object_get_data (G_OBJECT (printer), DESKS);
  const char *name = camera != NULL ? camera : "";
  Desk *desk;

  if (desks == NULL)
    {
      desks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) desk_free);
      g_object_set_data_full (G_OBJECT (printer), DESKS, desks, (GDestroyNotify) g_hash_table_unref);
    }

  desk = g_hash_table_lookup (desks, name);
  if (desk == NULL)
    {
      desk = g_new0 (Desk, 1);
      desk->printer = printer;
      desk->camera = g_strdup (camera);
      desk->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (desks, g_strdup (name), desk);
    }

  return desk;
}

static gboolean
on_forget_timeout (gpointer user_data)
{
  Desk *desk = user_data;

  desk->forget_id = 0;
  g_clear_pointer (&desk->last, herald_picture_unref);

  return G_SOURCE_REMOVE;
}

/* With other settings it may be another camera, or hang otherwise. */
static gboolean
is_outdated (Desk *desk)
{
  return desk->settings != herald_printer_get_settings (desk->printer);
}

/* Whether it was not for the camera that there is no picture: it was given up for those who left, and others still
 * have time. */
static gboolean
was_given_up (Desk         *desk,
              const GError *error)
{
  gint64 now_ms = get_now_ms ();

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         (error != NULL && now_ms >= desk->until_ms && now_ms < desk->end_ms);
}

static void
on_taken_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Desk *desk = user_data;
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&desk->waiting);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPicture) picture = herald_snapshot_take_finish (result, &error);

  g_clear_object (&desk->cancellable);
  desk->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  if (waiting->len > 0 && (is_outdated (desk) || was_given_up (desk, error)))
    {
      g_ptr_array_extend_and_steal (desk->waiting, g_steal_pointer (&waiting));
      begin (desk);
      return;
    }

  if (picture != NULL)
    {
      g_clear_handle_id (&desk->forget_id, g_source_remove);
      g_clear_pointer (&desk->last, herald_picture_unref);
      desk->last = herald_picture_ref (picture);
      desk->forget_id = g_timeout_add (FRESH_MS, on_forget_timeout, desk);
    }

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (picture != NULL)
        g_task_return_pointer (task, herald_picture_ref (picture), (GDestroyNotify) herald_picture_unref);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
begin (Desk *desk)
{
  gint64 now_ms = get_now_ms ();
  guint left_ms = (guint) MAX (desk->end_ms - now_ms, 1);

  desk->until_ms = now_ms + left_ms;
  g_clear_pointer (&desk->settings, g_hash_table_unref);
  desk->settings = g_hash_table_ref (herald_printer_get_settings (desk->printer));
  desk->cancellable = g_cancellable_new ();
  herald_snapshot_take_async (desk->printer, desk->camera, left_ms, desk->cancellable, on_taken_ready, desk);
}

/* Time is up for one of them, or he no longer wants it. */
static gboolean
on_waiter_left (GCancellable *cancellable,
                gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));
  Waiter *waiter = g_task_get_task_data (task);
  Desk *desk = waiter->desk;

  if (!g_ptr_array_remove (desk->waiting, task))
    return G_SOURCE_REMOVE;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, "%s", _("The camera did not answer in time"));
  if (desk->waiting->len == 0)
    g_cancellable_cancel (desk->cancellable);

  return G_SOURCE_REMOVE;
}

static Waiter *
waiter_new (Desk         *desk,
            guint         deadline_ms,
            GTask        *task,
            GCancellable *cancellable)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->desk = desk;
  waiter->limit = herald_time_limit_new (deadline_ms, cancellable);
  waiter->source = g_cancellable_source_new (herald_time_limit_get_cancellable (waiter->limit));
  g_source_set_callback (waiter->source, G_SOURCE_FUNC (on_waiter_left), task, NULL);
  g_source_attach (waiter->source, NULL);

  return waiter;
}

void
herald_snapshot_share_async (HeraldPrinter       *printer,
                             const char          *camera,
                             guint                deadline_ms,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  Desk *desk = get_desk (printer, camera);

  if (desk->last != NULL && !is_outdated (desk))
    {
      g_task_return_pointer (task, herald_picture_ref (desk->last), (GDestroyNotify) herald_picture_unref);
      return;
    }

  g_task_set_task_data (task, waiter_new (desk, deadline_ms, task, cancellable), (GDestroyNotify) waiter_free);
  g_ptr_array_add (desk->waiting, g_object_ref (task));
  desk->end_ms = MAX (desk->end_ms, get_now_ms () + deadline_ms);
  if (desk->cancellable == NULL)
    begin (desk);
}

HeraldPicture *
herald_snapshot_share_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
