/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-snapshot"

#include "core/pictures/snapshot.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/net/time-limit.h"
#include "core/pictures/mjpeg.h"
#include "core/pictures/picture-worker.h"

/* Unless the printer's settings say otherwise */
#define TIMEOUT_S 5

/* An OctoPrint that fetches a picture does nothing else meanwhile (protocol note 6). */
#define SERVER_SPACING_MS 5000
#define SERVER_REUSE_MS 10000

#define STATUS_NOT_FOUND 404

/* Where a printer keeps what its server gave last */
#define PASSED_ON "herald-snapshot-passed-on"

/**
 * TakeCall:
 * @limit: for everything
 * @turn: (nullable): for the source that is being read
 * @first_error: (nullable): why there is no picture, if none of the others knows better
 *
 * One picture on its way: find the sources, read one after the other, turn what came.
 */
typedef struct
{
  char *camera;
  GPtrArray *sources;
  guint next;
  gint64 end_ms;
  HeraldTimeLimit *limit;
  HeraldTimeLimit *turn;
  HeraldMjpeg scan;
  GError *first_error;
} TakeCall;

/* The last picture that came through the server itself */
typedef struct
{
  char *camera;
  gint64 asked_ms;
  gint64 got_ms;
  HeraldPicture *picture;
} PassedOn;

static void read_next (GTask *task);

static void
take_call_free (TakeCall *call)
{
  g_free (call->camera);
  g_clear_pointer (&call->sources, g_ptr_array_unref);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_pointer (&call->turn, herald_time_limit_free);
  g_clear_error (&call->first_error);
  g_free (call);
}

static void
passed_on_free (PassedOn *self)
{
  g_free (self->camera);
  g_clear_pointer (&self->picture, herald_picture_unref);
  g_free (self);
}

static PassedOn *
get_passed_on (HeraldPrinter *printer)
{
  PassedOn *self = g_object_get_data (G_OBJECT (printer), PASSED_ON);

  if (self == NULL)
    {
      self = g_new0 (PassedOn, 1);
      self->asked_ms = G_MININT64 / 2;
      g_object_set_data_full (G_OBJECT (printer), PASSED_ON, self, (GDestroyNotify) passed_on_free);
    }

  return self;
}

static gint64
get_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static gboolean
is_passed_on (const HeraldPictureSource *source)
{
  return source->is_server && source->kind == HERALD_SOURCE_STILL;
}

static const HeraldPictureSource *
get_current (TakeCall *call)
{
  return g_ptr_array_index (call->sources, call->next - 1);
}

/* What went wrong */

static GError *
make_late_error (void)
{
  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("The camera did not answer in time"));
}

/* The first place is where the picture should be, and what it says is worth most; unless it says that it is no place. */
static void
keep_error (TakeCall *call,
            GError   *taken_error)
{
  if (call->first_error != NULL && herald_error_get_reply_code (call->first_error) != STATUS_NOT_FOUND)
    {
      g_error_free (taken_error);
      return;
    }

  g_clear_error (&call->first_error);
  call->first_error = taken_error;
}

/* Takes the task: done, or the next source. */
static void
take_failure (GTask        *task,
              const GError *error)
{
  TakeCall *call = g_task_get_task_data (task);
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (herald_time_limit_is_over (call->limit))
    g_task_return_error (task, make_late_error ());
  else if (is_cancelled && (call->turn == NULL || !herald_time_limit_is_over (call->turn)))
    g_task_return_error (task, g_error_copy (error));
  else
    {
      keep_error (call, is_cancelled ? make_late_error () : g_error_copy (error));
      read_next (task);
      return;
    }
  g_object_unref (task);
}

/* Turning */

static void
on_worker_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  TakeCall *call = g_task_get_task_data (task);
  HeraldPrinter *printer = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  HeraldPicture *picture = herald_picture_worker_run_finish (result, &error);

  if (picture == NULL)
    {
      take_failure (g_steal_pointer (&task), error);
      return;
    }

  if (is_passed_on (get_current (call)))
    {
      PassedOn *passed_on = get_passed_on (printer);

      g_clear_pointer (&passed_on->picture, herald_picture_unref);
      g_free (passed_on->camera);
      passed_on->picture = herald_picture_ref (picture);
      passed_on->camera = g_strdup (call->camera);
      passed_on->got_ms = get_now_ms ();
    }
  g_task_return_pointer (task, picture, (GDestroyNotify) herald_picture_unref);
}

/* Returns (transfer full): the first picture of a stream, or what came */
static GBytes *
cut_out (GBytes *body)
{
  HeraldMjpeg scan = { 0 };
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  if (length > 0 && data[0] != 0x89 && herald_mjpeg_scan (&scan, data, length))
    return g_bytes_new_from_bytes (body, scan.begin, scan.end - scan.begin);

  return g_bytes_ref (body);
}

/* Reading */

static gboolean
has_whole_picture (GByteArray *bytes,
                   gpointer    user_data)
{
  TakeCall *call = user_data;

  return bytes->data[0] != 0x89 && herald_mjpeg_scan (&call->scan, bytes->data, bytes->len);
}

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  TakeCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_printer_read_picture_finish (HERALD_PRINTER (object), result, &error);
  g_autoptr(GBytes) bytes = body != NULL ? cut_out (body) : NULL;
  g_autoptr(HeraldPicture) picture = bytes != NULL ? herald_picture_new_from_bytes (bytes, &error) : NULL;
  HeraldPictureRecipe recipe = { 0 };

  if (picture == NULL)
    {
      take_failure (g_steal_pointer (&task), error);
      return;
    }

  recipe.orientation = get_current (call)->orientation;
  herald_picture_worker_run_async (picture, &recipe, herald_time_limit_get_cancellable (call->limit), on_worker_ready,
                                   g_steal_pointer (&task));
}

/* Takes the task, if it returns %TRUE. */
static gboolean
use_passed_on (GTask *task)
{
  TakeCall *call = g_task_get_task_data (task);
  PassedOn *passed_on = get_passed_on (g_task_get_source_object (task));
  gint64 now_ms = get_now_ms ();

  if (now_ms - passed_on->asked_ms >= SERVER_SPACING_MS)
    {
      passed_on->asked_ms = now_ms;
      return FALSE;
    }

  if (passed_on->picture != NULL && g_strcmp0 (passed_on->camera, call->camera) == 0 &&
      now_ms - passed_on->got_ms <= SERVER_REUSE_MS)
    {
      g_task_return_pointer (task, herald_picture_ref (passed_on->picture), (GDestroyNotify) herald_picture_unref);
      g_object_unref (task);
    }
  else
    {
      keep_error (call, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY, _("The camera was asked a moment ago")));
      read_next (task);
    }

  return TRUE;
}

static guint
get_turn_ms (HeraldPrinter *printer,
             gint64         left_ms,
             gboolean       is_last)
{
  gint64 timeout_s = herald_values_get_int (herald_printer_get_settings (printer), "snapshot-timeout", TIMEOUT_S);
  gint64 share_ms = is_last ? left_ms : left_ms / 2;

  return (guint) CLAMP (share_ms, 1, MAX (timeout_s, 1) * 1000);
}

/* Takes the task. */
static void
read_next (GTask *task)
{
  TakeCall *call = g_task_get_task_data (task);
  HeraldPrinter *printer = g_task_get_source_object (task);
  gint64 left_ms = call->end_ms - get_now_ms ();
  HeraldPictureRequest request = { .max_bytes = HERALD_PICTURE_MAX_BYTES };
  const HeraldPictureSource *source;

  if (call->next == call->sources->len || left_ms <= 0)
    {
      g_task_return_error (task, call->first_error != NULL ? g_steal_pointer (&call->first_error) : make_late_error ());
      g_object_unref (task);
      return;
    }

  source = g_ptr_array_index (call->sources, call->next++);
  if (is_passed_on (source) && use_passed_on (task))
    return;

  g_clear_pointer (&call->turn, herald_time_limit_free);
  call->turn = herald_time_limit_new (get_turn_ms (printer, left_ms, call->next == call->sources->len),
                                      herald_time_limit_get_cancellable (call->limit));
  call->scan = (HeraldMjpeg) { 0 };
  request.enough = has_whole_picture;
  request.enough_data = call;
  g_debug ("Trying %s for a picture of %s", source->url, herald_printer_get_id (printer));
  herald_printer_read_picture_async (printer, source, &request, herald_time_limit_get_cancellable (call->turn),
                                     on_read_ready, task);
}

static void
on_sources_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  TakeCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  call->sources = herald_printer_find_pictures_finish (HERALD_PRINTER (object), result, &error);
  if (call->sources != NULL)
    read_next (g_steal_pointer (&task));
  else if (herald_time_limit_is_over (call->limit))
    g_task_return_error (task, make_late_error ());
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
herald_snapshot_take_async (HeraldPrinter       *printer,
                            const char          *camera,
                            guint                deadline_ms,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (printer, cancellable, callback, user_data);
  HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_SNAPSHOT, .camera = camera };
  TakeCall *call = g_new0 (TakeCall, 1);

  g_task_set_task_data (task, call, (GDestroyNotify) take_call_free);
  call->camera = g_strdup (camera);
  call->limit = herald_time_limit_new (deadline_ms, cancellable);
  call->end_ms = get_now_ms () + deadline_ms;
  herald_printer_find_pictures_async (printer, &wish, herald_time_limit_get_cancellable (call->limit), on_sources_ready,
                                      task);
}

HeraldPicture *
herald_snapshot_take_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
