/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_CAMERA_FINE,
  /* Switched off in the settings */
  HERALD_DEMO_CAMERA_DISABLED,
  /* Its server is not running: 503 */
  HERALD_DEMO_CAMERA_OFF,
  /* Answers only after some seconds */
  HERALD_DEMO_CAMERA_SLOW,
  /* A picture that has no end */
  HERALD_DEMO_CAMERA_ENDLESS,
  /* A web page instead of a picture */
  HERALD_DEMO_CAMERA_HTML,
  /* A picture of 10 MB */
  HERALD_DEMO_CAMERA_HUGE,
  /* The first half of a picture */
  HERALD_DEMO_CAMERA_TRUNCATED,
  /* Sends on to another address */
  HERALD_DEMO_CAMERA_REDIRECT,
  /* Nothing to be seen */
  HERALD_DEMO_CAMERA_DARK,
} HeraldDemoCameraFault;

/**
 * HeraldDemoCamera:
 * @seconds: how long it thinks when it is slow
 * @flip_horizontally: it hangs so that its pictures must be flipped; the same for the others
 * @revision: changes with everything that OctoPrint's settings say of it
 * @n_asked: how often it was asked
 * @n_keyed: how often somebody showed it a key, who should not
 *
 * The camera of a simulated printer.
 */
typedef struct
{
  HeraldDemoCameraFault fault;
  double seconds;
  gboolean flip_horizontally;
  gboolean flip_vertically;
  gboolean rotate_left;
  guint revision;
  guint n_asked;
  guint n_keyed;
  char location[256];
} HeraldDemoCamera;

/* Returns (transfer full): a JPEG of a bed with so much of a part on it.
 * @progress: 0 to 1; negative for an empty bed */
GBytes *herald_demo_camera_draw (const HeraldDemoCamera *self,
                                 double                  progress);

G_END_DECLS
