/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-presenter"

#include "service/tray/tray-presenter.h"

/**
 * HeraldTrayPresenter:
 *
 * What the icon and its menu say and do.
 */
struct _HeraldTrayPresenter
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldTrayPresenter, herald_tray_presenter, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_QUIT,
} HeraldTrayPresenterSignal;

static guint signals[SIGNAL_QUIT + 1];

static void
herald_tray_presenter_class_init (HeraldTrayPresenterClass *klass)
{
  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_tray_presenter_init (HeraldTrayPresenter *self)
{
}

HeraldTrayPresenter *
herald_tray_presenter_new (HeraldEngine    *engine,
                           GDBusConnection *connection,
                           HeraldLauncher  *launcher)
{
  return g_object_new (HERALD_TYPE_TRAY_PRESENTER, NULL);
}

HeraldTrayState
herald_tray_presenter_get_state (HeraldTrayPresenter *self)
{
  return HERALD_TRAY_ABSENT;
}
