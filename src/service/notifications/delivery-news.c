/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-delivery-news"

#include "service/notifications/delivery-news.h"

/**
 * HeraldDeliveryNews:
 *
 * Reads a delivery that has changed once, for all who tell a person about
 * such things.
 */
struct _HeraldDeliveryNews
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldDeliveryNews, herald_delivery_news, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_DELIVERY,
} HeraldDeliveryNewsSignal;

static guint signals[SIGNAL_DELIVERY + 1];

static void
on_delivery_changed (HeraldOutbox       *outbox,
                     gint64              id,
                     HeraldDeliveryNews *self)
{
  const HeraldHistoryFilter filter = { .delivery = id };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (outbox, &filter, NULL);

  if (rows != NULL && rows->len > 0)
    g_signal_emit (self, signals[SIGNAL_DELIVERY], 0, g_ptr_array_index (rows, 0));
}

/* GObject */

static void
herald_delivery_news_class_init (HeraldDeliveryNewsClass *klass)
{
  signals[SIGNAL_DELIVERY] = g_signal_new ("delivery", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
herald_delivery_news_init (HeraldDeliveryNews *self)
{
}

HeraldDeliveryNews *
herald_delivery_news_new (HeraldOutbox *outbox)
{
  HeraldDeliveryNews *self = g_object_new (HERALD_TYPE_DELIVERY_NEWS, NULL);

  g_signal_connect_object (outbox, "delivery-changed", G_CALLBACK (on_delivery_changed), self, 0);

  return self;
}
