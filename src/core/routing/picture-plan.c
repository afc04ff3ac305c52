/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-plan"

#include "core/routing/picture-plan.h"

#include "core/outbox/delivery.h"
#include "core/routing/message-options.h"

/* How long a camera may take, unless the printer's settings say otherwise (F55) */
#define SNAPSHOT_TIMEOUT_S 5
#define SNAPSHOT_TIMEOUT_MAX_S 30

/* A film has some megabytes, comes from a small computer by Wi-Fi, and nobody waits for it. */
#define FILM_TIMEOUT_MS (60 * 1000)

/* What turning and scaling may add */
#define WORK_MS 3000

static void
target_free (gpointer data)
{
  HeraldPictureTarget *self = data;

  g_free (self->channel);
  g_free (self);
}

static void
add_targets (HeraldPicturePlan *self,
             GListModel        *channels,
             GPtrArray         *drafts)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);
      g_autoptr(HeraldChannel) channel = herald_channel_find (channels, draft->channel);
      const HeraldPictureForm *form = channel != NULL ? herald_channel_get_picture_form (channel) : NULL;
      HeraldPictureTarget *target;

      if (form == NULL || herald_picture_plan_has_target (self, draft->channel))
        continue;

      target = g_new0 (HeraldPictureTarget, 1);
      target->channel = g_strdup (draft->channel);
      target->form = *form;
      g_ptr_array_add (self->targets, target);
    }
}

static guint
get_snapshot_ms (HeraldPrinter *printer)
{
  gint64 timeout_s = herald_values_get_int (herald_printer_get_settings (printer), "snapshot-timeout",
                                            SNAPSHOT_TIMEOUT_S);

  return (guint) CLAMP (timeout_s, 1, SNAPSHOT_TIMEOUT_MAX_S) * 1000;
}

static int
read_delay_ms (HeraldMessageSettings *settings,
               HeraldEventKind        kind)
{
  if (herald_message_options_find (kind, "picture-delay") == NULL)
    return 0;

  return (int) herald_message_settings_read_option (settings, kind, "picture-delay") * 1000;
}

static void
read_settings (HeraldPicturePlan     *self,
               HeraldMessageSettings *settings)
{
  HeraldEventKind kind = self->event->kind;

  herald_picture_wish_from_id (settings->picture, &self->wish);
  herald_picture_wish_from_id (settings->picture_fallback, &self->fallback);
  self->is_expected = settings->picture_changed;

  /* The picture shows that a channel can show pictures, and who looks on shall hear why there is none (F105). */
  if (kind == HERALD_KIND_TEST)
    {
      self->wish = HERALD_PICTURE_WISH_SNAPSHOT;
      self->is_expected = TRUE;
    }
  if (self->wish == HERALD_PICTURE_WISH_NONE)
    return;

  self->delay_ms = self->wish == HERALD_PICTURE_WISH_SNAPSHOT ? read_delay_ms (settings, kind) : 0;
  self->has_placeholder = herald_message_options_find (kind, "placeholder") != NULL &&
                          herald_message_settings_read_option (settings, kind, "placeholder") != 0;
  self->fetch_ms = get_snapshot_ms (self->printer);
  if (self->wish == HERALD_PICTURE_WISH_TIMELAPSE && herald_picture_plan_get_film_max (self) > 0)
    self->fetch_ms = FILM_TIMEOUT_MS;
}

/**
 * herald_picture_plan_new:
 * @settings: of messages of this kind
 * @printer: (nullable): whose camera and files there are
 * @given: (nullable): a picture that was handed over with the message
 * @drafts: (element-type HeraldDraft): who gets the message
 *
 * Returns: (transfer full): what is to be done about a picture; often nothing
 */
HeraldPicturePlan *
herald_picture_plan_new (HeraldEvent           *event,
                         HeraldMessageSettings *settings,
                         HeraldPrinter         *printer,
                         HeraldPicture         *given,
                         GListModel            *channels,
                         GPtrArray             *drafts)
{
  HeraldPicturePlan *self = g_new0 (HeraldPicturePlan, 1);

  self->event = herald_event_ref (event);
  self->targets = g_ptr_array_new_with_free_func (target_free);
  add_targets (self, channels, drafts);
  if (given != NULL)
    self->given = herald_picture_ref (given);
  if (printer != NULL)
    {
      self->printer = g_object_ref (printer);
      read_settings (self, settings);
    }

  return self;
}

void
herald_picture_plan_free (HeraldPicturePlan *self)
{
  g_clear_pointer (&self->given, herald_picture_unref);
  g_clear_object (&self->printer);
  herald_event_unref (self->event);
  g_ptr_array_unref (self->targets);
  g_free (self);
}

/**
 * herald_picture_plan_wants:
 *
 * Returns: whether somebody gets a picture; if not, nothing is to be fetched
 */
gboolean
herald_picture_plan_wants (HeraldPicturePlan *self)
{
  return self->targets->len > 0 && (self->given != NULL || self->wish != HERALD_PICTURE_WISH_NONE);
}

/**
 * herald_picture_plan_get_hold_ms:
 *
 * Returns: how long a message waits for the picture at most, scripts not counted
 */
guint
herald_picture_plan_get_hold_ms (HeraldPicturePlan *self)
{
  return (guint) MAX (self->delay_ms, 0) + (self->given != NULL ? 0 : self->fetch_ms) + WORK_MS;
}

/**
 * herald_picture_plan_get_film_max:
 *
 * Returns: the longest film that any channel takes, in bytes; 0 if none takes films
 */
gsize
herald_picture_plan_get_film_max (HeraldPicturePlan *self)
{
  gsize film_max_bytes = 0;

  for (guint i = 0; i < self->targets->len; i++)
    {
      HeraldPictureTarget *target = g_ptr_array_index (self->targets, i);

      film_max_bytes = MAX (film_max_bytes, target->form.film_max_bytes);
    }

  return film_max_bytes;
}

gboolean
herald_picture_plan_has_target (HeraldPicturePlan *self,
                                const char        *channel)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      HeraldPictureTarget *target = g_ptr_array_index (self->targets, i);

      if (g_str_equal (target->channel, channel))
        return TRUE;
    }

  return FALSE;
}

gboolean
herald_picture_plan_looks_back (HeraldConfig *config,
                                const char   *printer)
{
  static const HeraldEventKind ends[] = { HERALD_KIND_PRINT_DONE, HERALD_KIND_PRINT_FAILED,
                                          HERALD_KIND_PRINT_CANCELLED };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (config, ends[i], printer);

      if (settings->enabled && g_str_equal (settings->picture, "snapshot") &&
          !g_str_equal (settings->channels, "none") && read_delay_ms (settings, ends[i]) < 0)
        return TRUE;
    }

  return FALSE;
}
