/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-clock"

#include "core/base/clock.h"

#include <time.h>

#define BOOT_ID_PATH "/proc/sys/kernel/random/boot_id"

/**
 * HeraldClock:
 *
 * What time it is. The only place that asks the system; tests bring their own.
 *
 * The wall time is for people and may jump. The boot time never does, goes on
 * during suspend and starts anew with each boot, which has an id.
 */
typedef struct
{
  char *boot_id;
} HeraldClockPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (HeraldClock, herald_clock, G_TYPE_OBJECT)

/* HeraldClock */

static gint64
herald_clock_real_get_wall_ms (HeraldClock *self)
{
  return g_get_real_time () / 1000;
}

static gint64
herald_clock_real_get_boot_ms (HeraldClock *self)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *
herald_clock_real_get_boot_id (HeraldClock *self)
{
  HeraldClockPrivate *priv = herald_clock_get_instance_private (self);

  if (priv->boot_id == NULL)
    {
      if (g_file_get_contents (BOOT_ID_PATH, &priv->boot_id, NULL, NULL))
        g_strstrip (priv->boot_id);
      else
        priv->boot_id = g_strdup ("unknown");
    }

  return priv->boot_id;
}

/* GObject */

static void
herald_clock_finalize (GObject *object)
{
  HeraldClockPrivate *priv = herald_clock_get_instance_private (HERALD_CLOCK (object));

  g_clear_pointer (&priv->boot_id, g_free);

  G_OBJECT_CLASS (herald_clock_parent_class)->finalize (object);
}

static void
herald_clock_class_init (HeraldClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_clock_finalize;

  klass->get_wall_ms = herald_clock_real_get_wall_ms;
  klass->get_boot_ms = herald_clock_real_get_boot_ms;
  klass->get_boot_id = herald_clock_real_get_boot_id;
}

static void
herald_clock_init (HeraldClock *self)
{
}

HeraldClock *
herald_clock_new (void)
{
  return g_object_new (HERALD_TYPE_CLOCK, NULL);
}

/**
 * herald_clock_get_wall_ms:
 *
 * Returns: milliseconds since 1970; may jump in either direction
 */
gint64
herald_clock_get_wall_ms (HeraldClock *self)
{
  return HERALD_CLOCK_GET_CLASS (self)->get_wall_ms (self);
}

/**
 * herald_clock_get_boot_ms:
 *
 * Returns: milliseconds since the machine was booted, suspend included
 */
gint64
herald_clock_get_boot_ms (HeraldClock *self)
{
  return HERALD_CLOCK_GET_CLASS (self)->get_boot_ms (self);
}

/**
 * herald_clock_get_boot_id:
 *
 * Returns: tells one boot of the machine from another
 */
const char *
herald_clock_get_boot_id (HeraldClock *self)
{
  return HERALD_CLOCK_GET_CLASS (self)->get_boot_id (self);
}
