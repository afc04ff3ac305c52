/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-messages-page"

#include "window/messages/messages-page.h"

/**
 * HeraldMessagesPage:
 *
 * The page of what is told in which words: the events in groups.
 */
struct _HeraldMessagesPage
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
};

G_DEFINE_FINAL_TYPE (HeraldMessagesPage, herald_messages_page, ADW_TYPE_BIN)

/* GObject */

static void
herald_messages_page_dispose (GObject *object)
{
  g_clear_object (&HERALD_MESSAGES_PAGE (object)->link);

  G_OBJECT_CLASS (herald_messages_page_parent_class)->dispose (object);
}

static void
herald_messages_page_class_init (HeraldMessagesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_messages_page_dispose;
}

static void
herald_messages_page_init (HeraldMessagesPage *self)
{
}

/**
 * herald_messages_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_messages_page_new (HeraldServiceLink *link)
{
  HeraldMessagesPage *self = g_object_new (HERALD_TYPE_MESSAGES_PAGE, NULL);

  self->link = g_object_ref (link);

  return GTK_WIDGET (self);
}
