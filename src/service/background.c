/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-background"

#include "service/background.h"

/**
 * HeraldBackground:
 *
 * Running without a window.
 */
struct _HeraldBackground
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldBackground, herald_background, G_TYPE_OBJECT)

static void
herald_background_class_init (HeraldBackgroundClass *klass)
{
}

static void
herald_background_init (HeraldBackground *self)
{
}

HeraldBackground *
herald_background_new (HeraldEngine    *engine,
                       GDBusConnection *connection)
{
  return g_object_new (HERALD_TYPE_BACKGROUND, NULL);
}
