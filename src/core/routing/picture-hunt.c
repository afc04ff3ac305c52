/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-hunt"

#include "core/routing/picture-hunt.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/pictures/picture-fetch.h"
#include "core/pictures/picture-worker.h"
#include "core/pictures/shot-ring.h"

/* What a lamp and the eye of a camera need */
#define DARK_WAIT_MS 2000

/* One hunt, whose steps follow each other */
typedef struct
{
  HeraldPicturePlan *plan;
  HeraldPictureWishKind wish;
  gint64 until_us;
  gboolean has_looked_again;
  HeraldPicture *caught;
  HeraldPicture *still;  /* for those who take no film */
  guint target;          /* whose turn it is */
  HeraldPictureBag *bag;
} Hunt;

static void
hunt_free (gpointer data)
{
  Hunt *self = data;

  g_clear_pointer (&self->caught, herald_picture_unref);
  g_clear_pointer (&self->still, herald_picture_unref);
  g_clear_pointer (&self->bag, herald_picture_bag_free);
  g_free (self);
}

void
herald_picture_bag_free (HeraldPictureBag *self)
{
  g_hash_table_unref (self->illustrations);
  g_free (self->note);
  g_free (self);
}

static guint
get_remaining_ms (Hunt *hunt)
{
  return (guint) MAX ((hunt->until_us - g_get_monotonic_time ()) / 1000, 1);
}

/* Notes */

/* What has gone wrong with a picture is told in the history alone, never in the message. */
static void
note_failure (Hunt         *hunt,
              const GError *error)
{
  const char *sentence = error->domain == HERALD_ERROR ? error->message : _("it could not be fetched");
  const char *end = g_str_has_suffix (sentence, ".") ? "" : ".";
  g_autofree char *text = NULL;

  /* Most people have no camera, and most files no thumbnail. */
  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS) && !hunt->plan->is_expected)
    return;

  /* Translators: the reason follows, a sentence like “The camera did not answer” */
  text = g_strdup_printf (_("No picture: %s"), sentence);
  g_free (hunt->bag->note);
  hunt->bag->note = g_strconcat (text, end, NULL);
}

static void
note_words (Hunt       *hunt,
            const char *note)
{
  if (note == NULL)
    return;

  g_free (hunt->bag->note);
  hunt->bag->note = g_strdup (note);
}

/* Making of it what each channel takes */

static gboolean
takes_film (HeraldPictureTarget *target,
            HeraldPicture       *picture)
{
  return picture->type == HERALD_PICTURE_FILM && g_bytes_get_size (picture->bytes) <= target->form.film_max_bytes;
}

static gboolean
is_same_form (const HeraldPictureForm *one,
              const HeraldPictureForm *other)
{
  return one->max_bytes == other->max_bytes && one->max_side == other->max_side && one->square == other->square;
}

static void
give (Hunt                *hunt,
      HeraldPictureTarget *target,
      HeraldIllustration  *illustration)
{
  g_hash_table_insert (hunt->bag->illustrations, g_strdup (target->channel), herald_illustration_ref (illustration));
}

static HeraldIllustration *
make_illustration (HeraldPicture *picture)
{
  const HeraldIllustration content = {
    .bytes = picture->bytes,
    .media_type = (char *) herald_picture_type_get_media_type (picture->type),
    .suffix = (char *) herald_picture_type_get_suffix (picture->type),
    .width = picture->width,
    .height = picture->height,
  };

  return herald_illustration_new (&content);
}

static void
give_film (Hunt *hunt)
{
  g_autoptr(HeraldIllustration) film = make_illustration (hunt->caught);

  for (guint i = 0; i < hunt->plan->targets->len; i++)
    {
      HeraldPictureTarget *target = g_ptr_array_index (hunt->plan->targets, i);

      if (takes_film (target, hunt->caught))
        give (hunt, target, film);
    }
}

static gboolean
all_have_the_film (Hunt *hunt)
{
  return g_hash_table_size (hunt->bag->illustrations) == hunt->plan->targets->len;
}

/* The history of those who got it shows the same words, so they are true of them, too. */
static void
note_film (Hunt *hunt)
{
  if (hunt->bag->note == NULL && !all_have_the_film (hunt))
    note_words (hunt, _("The film goes only where films of its size can be sent."));
}

static void develop (GTask *task);

static void
on_worker_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Hunt *hunt = g_task_get_task_data (task);
  HeraldPictureTarget *first = g_ptr_array_index (hunt->plan->targets, hunt->target);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPicture) picture = herald_picture_worker_run_finish (result, &error);
  g_autoptr(HeraldIllustration) illustration = picture != NULL ? make_illustration (picture) : NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (picture == NULL)
    note_failure (hunt, error);
  for (guint i = hunt->target; illustration != NULL && i < hunt->plan->targets->len; i++)
    {
      HeraldPictureTarget *target = g_ptr_array_index (hunt->plan->targets, i);

      if (is_same_form (&target->form, &first->form) &&
          !g_hash_table_contains (hunt->bag->illustrations, target->channel))
        give (hunt, target, illustration);
    }

  hunt->target++;
  develop (g_steal_pointer (&task));
}

/* Takes the task. */
static void
develop (GTask *task)
{
  Hunt *hunt = g_task_get_task_data (task);
  HeraldPictureTarget *target = NULL;
  HeraldPictureRecipe recipe = { 0 };

  for (; hunt->still != NULL && hunt->target < hunt->plan->targets->len; hunt->target++)
    {
      target = g_ptr_array_index (hunt->plan->targets, hunt->target);
      if (!g_hash_table_contains (hunt->bag->illustrations, target->channel))
        break;
    }

  if (hunt->still == NULL || hunt->target == hunt->plan->targets->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&hunt->bag), (GDestroyNotify) herald_picture_bag_free);
      g_object_unref (task);
      return;
    }

  recipe.max_side = target->form.max_side;
  recipe.max_bytes = target->form.max_bytes;
  recipe.square = target->form.square;
  recipe.png = target->form.square; /* Its margins are transparent then. */
  herald_picture_worker_run_async (hunt->still, &recipe, g_task_get_cancellable (task), on_worker_ready, task);
}

static void
on_still_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Hunt *hunt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) catch = herald_picture_fetch_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (catch != NULL && catch->picture->type != HERALD_PICTURE_FILM)
    hunt->still = herald_picture_ref (catch->picture);
  else
    note_film (hunt);
  develop (g_steal_pointer (&task));
}

static void
fetch (GTask               *task,
       gsize                film_max_bytes,
       GAsyncReadyCallback  on_ready)
{
  Hunt *hunt = g_task_get_task_data (task);
  HeraldValues *values = hunt->plan->event->values;
  const char *origin = herald_values_get (values, "origin");
  const char *movie = herald_values_get (values, "movie_basename");
  const HeraldPictureWish wish = {
    .kind = hunt->wish,
    .path = herald_values_get (values, "path"),
    .origin = origin != NULL ? origin : herald_values_get (values, "target"),
    .movie = movie != NULL ? movie : herald_values_get (values, "movie"),
  };

  herald_picture_fetch_async (hunt->plan->printer, &wish, get_remaining_ms (hunt), film_max_bytes,
                              g_task_get_cancellable (task), on_ready, task);
}

/* Takes the task. */
static void
sort_by_form (GTask *task)
{
  Hunt *hunt = g_task_get_task_data (task);

  if (hunt->caught->type != HERALD_PICTURE_FILM)
    {
      hunt->still = herald_picture_ref (hunt->caught);
      develop (task);
      return;
    }

  give_film (hunt);
  if (hunt->plan->printer != NULL && !all_have_the_film (hunt))
    {
      fetch (task, 0, on_still_ready);
      return;
    }

  note_film (hunt);
  develop (task);
}

/* Fetching it */

static void fetch_first (GTask *task);

static gboolean
on_wait_timeout (gpointer user_data)
{
  fetch_first (G_TASK (user_data));

  return G_SOURCE_REMOVE;
}

/* Takes the task. */
static void
wait_and_fetch (GTask *task,
                guint  wait_ms)
{
  g_autoptr(GSource) timeout = g_timeout_source_new (wait_ms);
  g_autoptr(GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (timeout, cancelled);
  g_source_set_static_name (timeout, "herald-picture-hunt");
  g_task_attach_source (task, timeout, on_wait_timeout);
  g_object_unref (task);
}

static gboolean
is_too_dark (Hunt               *hunt,
             HeraldPictureCatch *catch)
{
  return hunt->plan->looks_again && !hunt->has_looked_again && catch->kind == HERALD_PICTURE_WISH_SNAPSHOT &&
         herald_picture_catch_is_dark (catch) && get_remaining_ms (hunt) > DARK_WAIT_MS;
}

static gboolean
has_other_wish (Hunt         *hunt,
                const GError *error)
{
  if (!g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS) || hunt->wish == hunt->plan->fallback ||
      hunt->plan->fallback == HERALD_PICTURE_WISH_NONE)
    return FALSE;

  hunt->wish = hunt->plan->fallback;
  return TRUE;
}

static gboolean
use_placeholder (Hunt         *hunt,
                 const GError *error)
{
  if (!hunt->plan->has_placeholder || hunt->wish != HERALD_PICTURE_WISH_SNAPSHOT ||
      g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS))
    return FALSE;

  hunt->caught = herald_picture_new_offline ();
  hunt->bag->kind = herald_picture_wish_to_id (HERALD_PICTURE_WISH_SNAPSHOT);
  return TRUE;
}

static void
take (Hunt               *hunt,
      HeraldPictureCatch *catch)
{
  g_clear_pointer (&hunt->caught, herald_picture_unref);
  hunt->caught = herald_picture_ref (catch->picture);
  hunt->bag->kind = herald_picture_wish_to_id (catch->kind);
  note_words (hunt, catch->note);
}

static void
on_first_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Hunt *hunt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) catch = herald_picture_fetch_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (catch != NULL)
    take (hunt, catch);
  else if (has_other_wish (hunt, error))
    {
      fetch_first (task);
      return;
    }

  /* A dark picture is better than none if there is no second one. */
  if (catch == NULL && hunt->caught == NULL)
    {
      note_failure (hunt, error);
      if (!use_placeholder (hunt, error))
        {
          develop (g_steal_pointer (&task));
          return;
        }
    }

  if (catch != NULL && is_too_dark (hunt, catch))
    {
      hunt->has_looked_again = TRUE;
      wait_and_fetch (g_steal_pointer (&task), DARK_WAIT_MS);
    }
  else
    sort_by_form (g_steal_pointer (&task));
}

static void
fetch_first (GTask *task)
{
  Hunt *hunt = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  g_object_ref (task);
  fetch (task, herald_picture_plan_get_film_max (hunt->plan), on_first_ready);
}

/* How it looked a moment before; if nobody has looked then, how it looks now. */
static gboolean
remember (Hunt *hunt)
{
  if (hunt->plan->delay_ms >= 0 || hunt->wish != HERALD_PICTURE_WISH_SNAPSHOT)
    return FALSE;

  hunt->caught = herald_shot_ring_get (hunt->plan->printer, -hunt->plan->delay_ms);
  hunt->bag->kind = herald_picture_wish_to_id (HERALD_PICTURE_WISH_SNAPSHOT);
  return hunt->caught != NULL;
}

void
herald_picture_hunt_async (HeraldPicturePlan   *plan,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Hunt *hunt = g_new0 (Hunt, 1);
  guint wait_ms = (guint) MAX (plan->delay_ms, 0);

  g_task_set_source_tag (task, herald_picture_hunt_async);
  g_task_set_task_data (task, hunt, hunt_free);
  hunt->plan = plan;
  hunt->wish = plan->wish;
  hunt->until_us = g_get_monotonic_time () + ((gint64) wait_ms + plan->fetch_ms) * 1000;
  hunt->bag = g_new0 (HeraldPictureBag, 1);
  hunt->bag->kind = "file";
  hunt->bag->illustrations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                    (GDestroyNotify) herald_illustration_unref);

  if (plan->given != NULL)
    hunt->caught = herald_picture_ref (plan->given);
  if (plan->given != NULL || remember (hunt))
    sort_by_form (g_steal_pointer (&task));
  else
    wait_and_fetch (g_steal_pointer (&task), wait_ms);
}

HeraldPictureBag *
herald_picture_hunt_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
