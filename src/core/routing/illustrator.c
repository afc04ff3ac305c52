/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-illustrator"

#include "core/routing/illustrator.h"

#include "core/pictures/shot-ring.h"
#include "core/routing/message-settings.h"
#include "core/routing/picture-plan.h"

/**
 * HeraldIllustrator:
 *
 * Does what belongs to a message besides its words: the script before it, its
 * picture, the script after it. The outbox has the message all the while, and
 * sends it when its time has come, whatever becomes of the picture.
 */
struct _HeraldIllustrator
{
  GObject parent_instance;

  HeraldConfig *config;
  GListModel *printers;
  GListModel *channels;
  HeraldOutbox *outbox;
  HeraldMessageScripts *scripts;
  GCancellable *cancellable;
  GPtrArray *sent;  /* HeraldIllustrationJob (borrowed) of messages that are being sent */
};

G_DEFINE_FINAL_TYPE (HeraldIllustrator, herald_illustrator, G_TYPE_OBJECT)

static void
on_delivery_changed (HeraldOutbox *outbox,
                     gint64        id,
                     gpointer      user_data)
{
  HeraldIllustrator *self = HERALD_ILLUSTRATOR (user_data);

  /* One that is done may let others go, whose changes come here in between. */
  for (guint i = self->sent->len; i > 0; i--)
    {
      if (i <= self->sent->len)
        herald_illustration_job_look (g_ptr_array_index (self->sent, i - 1));
    }
}

/* Preparing */

static HeraldPrinter *
find_printer (HeraldIllustrator *self,
              HeraldEvent       *event)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (self->printers, i);
      g_auto(GStrv) cameras = NULL;

      if (event->printer != NULL && g_str_equal (herald_printer_get_id (printer), event->printer))
        return g_steal_pointer (&printer);
      if (event->kind != HERALD_KIND_TEST || herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
        continue;

      cameras = herald_printer_dup_cameras (printer);
      if (cameras[0] != NULL)
        return g_steal_pointer (&printer);
    }

  return NULL;
}

/* Looking back */

static void
watch_printers (HeraldIllustrator *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (self->printers, i);

      if (herald_picture_plan_looks_back (self->config, herald_printer_get_id (printer)))
        herald_shot_ring_watch (printer);
      else
        herald_shot_ring_unwatch (printer);
    }
}

static void
on_config_changed (HeraldConfig *config,
                   const char   *category,
                   const char   *id,
                   gpointer      user_data)
{
  if (g_strcmp0 (category, "message") == 0)
    watch_printers (HERALD_ILLUSTRATOR (user_data));
}

static void
on_printers_changed (GListModel *printers,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     gpointer    user_data)
{
  watch_printers (HERALD_ILLUSTRATOR (user_data));
}

/* GObject */

static void
herald_illustrator_dispose (GObject *object)
{
  HeraldIllustrator *self = HERALD_ILLUSTRATOR (object);

  herald_illustrator_stop (self);
  g_clear_object (&self->config);
  g_clear_object (&self->printers);
  g_clear_object (&self->channels);
  g_clear_object (&self->outbox);
  g_clear_object (&self->scripts);

  G_OBJECT_CLASS (herald_illustrator_parent_class)->dispose (object);
}

static void
herald_illustrator_finalize (GObject *object)
{
  HeraldIllustrator *self = HERALD_ILLUSTRATOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sent, g_ptr_array_unref);

  G_OBJECT_CLASS (herald_illustrator_parent_class)->finalize (object);
}

static void
herald_illustrator_class_init (HeraldIllustratorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_illustrator_dispose;
  object_class->finalize = herald_illustrator_finalize;
}

static void
herald_illustrator_init (HeraldIllustrator *self)
{
  self->cancellable = g_cancellable_new ();
  self->sent = g_ptr_array_new ();
}

/**
 * herald_illustrator_new:
 * @printers: a list of #HeraldPrinter
 * @channels: a list of #HeraldChannel
 */
HeraldIllustrator *
herald_illustrator_new (HeraldConfig *config,
                        GListModel   *printers,
                        GListModel   *channels,
                        HeraldOutbox *outbox)
{
  HeraldIllustrator *self = g_object_new (HERALD_TYPE_ILLUSTRATOR, NULL);

  self->config = g_object_ref (config);
  self->printers = g_object_ref (printers);
  self->channels = g_object_ref (channels);
  self->outbox = g_object_ref (outbox);
  self->scripts = herald_message_scripts_new (config);
  watch_printers (self);
  g_signal_connect_object (config, "changed", G_CALLBACK (on_config_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (on_printers_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (outbox, "delivery-changed", G_CALLBACK (on_delivery_changed), self, G_CONNECT_DEFAULT);

  return self;
}

/**
 * herald_illustrator_stop:
 *
 * Nothing is fetched and no script is waited for any more. What is held goes out at the next start.
 */
void
herald_illustrator_stop (HeraldIllustrator *self)
{
  g_autoptr(GPtrArray) sent = g_steal_pointer (&self->sent);

  self->sent = g_ptr_array_new ();
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < sent->len; i++)
    herald_illustration_job_free (g_ptr_array_index (sent, i));
}

/**
 * herald_illustrator_prepare:
 * @printer_name: what people call the printer; empty if it concerns none
 * @given: (nullable): a picture that was handed over with the message
 * @drafts: (element-type HeraldDraft): who gets the message; it is said here how long it is held
 *
 * To be called before the event is accepted.
 *
 * Returns: (transfer full) (nullable): what is to be begun when it is; %NULL if there is nothing
 *   to do but send it
 */
HeraldIllustrationJob *
herald_illustrator_prepare (HeraldIllustrator *self,
                            HeraldEvent       *event,
                            const char        *printer_name,
                            HeraldPicture     *given,
                            GPtrArray         *drafts)
{
  g_autoptr(HeraldIllustrationJob) job = NULL;
  g_autoptr(HeraldMessageSettings) settings = NULL;
  g_autoptr(HeraldPrinter) printer = NULL;

  if (drafts->len == 0)
    return NULL;

  settings = herald_message_settings_load (self->config, event->kind, event->printer);
  printer = find_printer (self, event);
  job = herald_illustration_job_new (
      herald_picture_plan_new (event, settings, printer, given, self->channels, drafts), self->outbox, self->channels,
      self->scripts, printer_name, drafts);
  if (!herald_illustration_job_has_work (job))
    return NULL;

  herald_illustration_job_hold (job, drafts);

  return g_steal_pointer (&job);
}

/**
 * herald_illustrator_begin:
 * @take_job: (transfer full): as it was prepared
 * @event_id: under which the event was accepted
 */
void
herald_illustrator_begin (HeraldIllustrator     *self,
                          HeraldIllustrationJob *take_job,
                          gint64                 event_id)
{
  herald_illustration_job_begin (take_job, event_id, self->cancellable, self->sent);
}
