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

/* An OctoPrint that fetches a picture does nothing else meanwhile. */
#define SERVER_SPACING_MS 5000
#define SERVER_REUSE_MS 10000

#define STATUS_NOT_FOUND 404

/* Where a printer keeps what its server gave last. Not turned: how it hangs may be corrected meanwhile. */
#define PASSED_ON "herald-snapshot-passed-on"

/**
 * TakeCall:
 * @server_url: the server that is asked
 * @limit: for everything
 * @turn: (nullable): for the source that is being read
 * @passed_on: (nullable): what the server has just given, as it came
 * @first_error: (nullable): why there is no picture, if none of the others knows better
 *
 * One picture on its way: find the sources, read one after the other, turn what came.
 */
typedef struct
{
  char *camera;
  char *server_url;
  GPtrArray *sources;
  guint next;
  gint64 end_ms;
  HeraldTimeLimit *limit;
  HeraldTimeLimit *turn;
  HeraldMjpeg scan;
  HeraldPicture *passed_on;
  GError *first_error;
} TakeCall;

/* The last picture that came through the server itself */
typedef struct
{
  char *server_url;
  gint64 asked_ms;
  char *camera;
  HeraldPicture *picture;
  guint forget_id;
} PassedOn;

static void read_next (GTask *task);

static void
take_call_free (TakeCall *call)
{
  g_free (call->camera);
  g_free (call->server_url);
  g_clear_pointer (&call->passed_on, herald_picture_unref);
  g_clear_pointer (&call->sources, g_ptr_array_unref);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_pointer (&call->turn, herald_time_limit_free);
  g_clear_error (&call->first_error);
  g_free (call);
}

static gint64
get_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
passed_on_clear (PassedOn *self)
{
  g_clear_handle_id (&self->forget_id, g_source_remove);
  g_clear_pointer (&self->camera, g_free);
  g_clear_pointer (&self->picture, herald_picture_unref);
}

static void
passed_on_free (PassedOn *self)
{
  passed_on_clear (self);
  g_free (self->server_url);
  g_free (self);
}

/* Of another server nothing is known that was known of the last one. */
static PassedOn *
get_passed_on (HeraldPrinter *printer,
               const char    *server_url)
{
  PassedOn *self = g_object_get_data (G_OBJECT (printer), PASSED_ON);

  if (self == NULL || g_strcmp0 (self->server_url, server_url) != 0)
    {
      self = g_new0 (PassedOn, 1);
      self->server_url = g_strdup (server_url);
      self->asked_ms = G_MININT64 / 2;
      g_object_set_data_full (G_OBJECT (printer), PASSED_ON, self, (GDestroyNotify) passed_on_free);
    }

  return self;
}

static gboolean
on_forget_timeout (gpointer user_data)
{
  PassedOn *self = user_data;

  self->forget_id = 0;
  passed_on_clear (self);

  return G_SOURCE_REMOVE;
}

static void
keep_passed_on (HeraldPrinter *printer,
                TakeCall      *call)
{
  PassedOn *self = get_passed_on (printer, call->server_url);

  passed_on_clear (self);
  self->camera = g_strdup (call->camera);
  self->picture = g_steal_pointer (&call->passed_on);
  self->forget_id = g_timeout_add (SERVER_REUSE_MS, on_forget_timeout, self);
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

/* No time or no place is left. */
static void
return_reason (GTask *task)
{
  TakeCall *call = g_task_get_task_data (task);

  g_task_return_error (task, call->first_error != NULL ? g_steal_pointer (&call->first_error) : make_late_error ());
}

/* Takes the task: done, or the next source. */
static void
take_failure (GTask        *task,
              const GError *error)
{
  TakeCall *call = g_task_get_task_data (task);
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (herald_time_limit_is_over (call->limit))
    return_reason (task);
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
  g_autoptr(GError) error = NULL;
  HeraldPicture *picture = herald_picture_worker_run_finish (result, &error);

  if (picture == NULL)
    {
      take_failure (g_steal_pointer (&task), error);
      return;
    }

  if (call->passed_on != NULL)
    keep_passed_on (g_task_get_source_object (task), call);
  g_task_return_pointer (task, picture, (GDestroyNotify) herald_picture_unref);
}

/* Takes the task. */
static void
turn (GTask         *task,
      HeraldPicture *picture)
{
  TakeCall *call = g_task_get_task_data (task);
  const HeraldPictureRecipe recipe = { .orientation = get_current (call)->orientation };

  herald_picture_worker_run_async (picture, &recipe, herald_time_limit_get_cancellable (call->limit), on_worker_ready,
                                   task);
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

  if (picture == NULL)
    {
      take_failure (g_steal_pointer (&task), error);
      return;
    }

  if (is_passed_on (get_current (call)))
    call->passed_on = herald_picture_ref (picture);
  turn (g_steal_pointer (&task), picture);
}

/* Takes the task, if it returns %TRUE. */
static gboolean
use_passed_on (GTask *task)
{
  TakeCall *call = g_task_get_task_data (task);
  PassedOn *passed_on = get_passed_on (g_task_get_source_object (task), call->server_url);
  gint64 now_ms = get_now_ms ();

  if (now_ms - passed_on->asked_ms >= SERVER_SPACING_MS)
    {
      passed_on->asked_ms = now_ms;
      return FALSE;
    }

  if (passed_on->picture != NULL && g_strcmp0 (passed_on->camera, call->camera) == 0)
    turn (task, passed_on->picture);
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
      return_reason (task);
      g_object_unref (task);
      return;
    }

  g_clear_pointer (&call->passed_on, herald_picture_unref);
  source = g_ptr_array_index (call->sources, call->next++);
  if (is_passed_on (source) && use_passed_on (task))
    return;

  g_clear_pointer (&call->turn, herald_time_limit_free);
  call->turn = herald_time_limit_new (get_turn_ms (printer, left_ms, call->next == call->sources->len),
                                      herald_time_limit_get_cancellable (call->limit));
  call->scan = (HeraldMjpeg) { 0 };
  request.enough = has_whole_picture;
  request.enough_data = call;
  /* Not its address: cameras have their passwords in it */
  g_debug ("Trying place %u of %u for a picture of %s", call->next, call->sources->len,
           herald_printer_get_id (printer));
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
  call->server_url = g_strdup (herald_printer_get_url (printer));
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
