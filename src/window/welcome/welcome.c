/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-welcome"

#include "window/welcome/welcome.h"

#include <glib/gi18n-lib.h>

/**
 * HeraldWelcome:
 *
 * The way from the first start to the first relayed message.
 */
struct _HeraldWelcome
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
};

G_DEFINE_FINAL_TYPE (HeraldWelcome, herald_welcome, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
finish (HeraldWelcome *self)
{
  g_signal_emit (self, signals[FINISHED], 0);
}

/* GObject */

static void
herald_welcome_dispose (GObject *object)
{
  g_clear_object (&HERALD_WELCOME (object)->link);

  G_OBJECT_CLASS (herald_welcome_parent_class)->dispose (object);
}

static void
herald_welcome_class_init (HeraldWelcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_welcome_dispose;

  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    0);
}

static void
herald_welcome_init (HeraldWelcome *self)
{
}

/**
 * herald_welcome_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_welcome_new (HeraldServiceLink *link)
{
  HeraldWelcome *self = g_object_new (HERALD_TYPE_WELCOME, NULL);
  GtkWidget *skip = gtk_button_new_with_label (_("Skip"));

  self->link = g_object_ref (link);
  g_signal_connect_object (skip, "clicked", G_CALLBACK (finish), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), skip);

  return GTK_WIDGET (self);
}
