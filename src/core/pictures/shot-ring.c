/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-shot-ring"

#include "core/pictures/shot-ring.h"

#include "core/pictures/snapshot-share.h"

/* From when on it is worth it: nobody wants an older picture than a minute, and estimates are wrong. */
#define LAST_S 120
#define LAST_PERCENT 98

#define SHOTS_MAX 6
#define SHOTS_MAX_BYTES (8 * 1024 * 1024)
#define INTERVAL_S 10
#define DEADLINE_MS 8000

/* Where a printer keeps it */
#define RING "herald-shot-ring"

typedef struct
{
  HeraldPicture *picture;
  gint64 taken_ms;
} Shot;

/**
 * ShotRing:
 * @has_print: there is a print
 * @is_underway: it is in its last stretch
 * @end_ms: when the last one ended; 0 before that
 *
 * Follows the state of a printer, and takes pictures while its print is about to end.
 */
typedef struct
{
  HeraldPrinter *printer;
  GCancellable *cancellable;
  gulong state_id;
  guint timeout_id;
  gboolean has_print;
  gboolean is_underway;
  gboolean is_asking;
  gint64 end_ms;
  GQueue shots;
} ShotRing;

static void
shot_free (Shot *shot)
{
  herald_picture_unref (shot->picture);
  g_free (shot);
}

static gint64
get_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
stop (ShotRing *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->is_underway = FALSE;
}

static void
shot_ring_free (ShotRing *self)
{
  stop (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->shots, (GDestroyNotify) shot_free);
  g_free (self);
}

/* The oldest go when there are too many, or they are too large. */
static void
keep (ShotRing      *self,
      HeraldPicture *picture)
{
  Shot *shot = g_new0 (Shot, 1);
  gsize n_bytes = 0;
  guint n_kept = 0;

  shot->picture = herald_picture_ref (picture);
  shot->taken_ms = get_now_ms ();
  g_queue_push_head (&self->shots, shot);
  for (GList *l = self->shots.head; l != NULL; l = l->next)
    {
      n_bytes += g_bytes_get_size (((Shot *) l->data)->picture->bytes);
      if (n_kept == SHOTS_MAX || n_bytes > SHOTS_MAX_BYTES)
        break;
      n_kept++;
    }
  while (self->shots.length > MAX (n_kept, 1))
    shot_free (g_queue_pop_tail (&self->shots));
}

static void
on_shot_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPicture) picture = herald_snapshot_share_finish (result, &error);
  ShotRing *self = g_object_get_data (object, RING);

  /* May be another one than asked, or none any more */
  if (self == NULL || self != user_data)
    return;

  self->is_asking = FALSE;
  if (picture != NULL && self->is_underway)
    keep (self, picture);
  else if (picture == NULL)
    g_debug ("No picture for later: %s", error->message);
}

static void
shoot (ShotRing *self)
{
  if (self->is_asking || herald_printer_get_state (self->printer)->id == HERALD_STATE_PAUSED)
    return;

  self->is_asking = TRUE;
  herald_snapshot_share_async (self->printer, NULL, DEADLINE_MS, self->cancellable, on_shot_ready, self);
}

static gboolean
on_shot_timeout (gpointer user_data)
{
  shoot (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_printing (const HeraldPrinterState *state)
{
  return state->id == HERALD_STATE_PRINTING || state->id == HERALD_STATE_FINISHING ||
         state->id == HERALD_STATE_PAUSING || state->id == HERALD_STATE_PAUSED || state->id == HERALD_STATE_RESUMING;
}

static gboolean
is_last_stretch (const HeraldPrinterState *state)
{
  return is_printing (state) && (state->progress >= LAST_PERCENT ||
                                 (state->remaining_s >= 0 && state->remaining_s < LAST_S && state->progress > 0));
}

static void
on_state_changed (HeraldPrinter *printer,
                  GParamSpec    *property,
                  gpointer       user_data)
{
  ShotRing *self = user_data;
  const HeraldPrinterState *state = herald_printer_get_state (printer);
  gboolean had_print = self->has_print;

  self->has_print = is_printing (state);
  if (self->has_print && !had_print)
    {
      g_queue_clear_full (&self->shots, (GDestroyNotify) shot_free);
      self->end_ms = 0;
    }

  if (self->is_underway && !self->has_print)
    {
      self->end_ms = get_now_ms ();
      stop (self);
    }
  else if (!self->is_underway && is_last_stretch (state))
    {
      self->is_underway = TRUE;
      self->timeout_id = g_timeout_add_seconds (INTERVAL_S, on_shot_timeout, self);
      shoot (self);
    }
}

void
herald_shot_ring_watch (HeraldPrinter *printer)
{
  ShotRing *self;

  if (g_object_get_data (G_OBJECT (printer), RING) != NULL)
    return;

  self = g_new0 (ShotRing, 1);
  self->printer = printer;
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->shots);
  g_object_set_data_full (G_OBJECT (printer), RING, self, (GDestroyNotify) shot_ring_free);
  self->state_id = g_signal_connect (printer, "notify::state", G_CALLBACK (on_state_changed), self);
  on_state_changed (printer, NULL, self);
}

void
herald_shot_ring_unwatch (HeraldPrinter *printer)
{
  ShotRing *self = g_object_get_data (G_OBJECT (printer), RING);

  if (self == NULL)
    return;

  g_signal_handler_disconnect (printer, self->state_id);
  g_object_set_data (G_OBJECT (printer), RING, NULL);
}

HeraldPicture *
herald_shot_ring_get (HeraldPrinter *printer,
                      gint64         ms_before_end)
{
  ShotRing *self = g_object_get_data (G_OBJECT (printer), RING);
  const Shot *best = NULL;
  gint64 wanted_ms;

  if (self == NULL)
    return NULL;

  wanted_ms = (self->end_ms > 0 ? self->end_ms : get_now_ms ()) - ms_before_end;
  for (GList *l = self->shots.head; l != NULL; l = l->next)
    {
      const Shot *shot = l->data;

      if (best == NULL || ABS (shot->taken_ms - wanted_ms) < ABS (best->taken_ms - wanted_ms))
        best = shot;
    }

  return best != NULL ? herald_picture_ref (best->picture) : NULL;
}
