/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The only app and the only account that this X knows. Of the shape of real ones, good nowhere else. */
#define HERALD_DEMO_X_API_KEY "demoL8kRz3WqYv0TnHc5JbXsP"
#define HERALD_DEMO_X_API_SECRET "demo4GmQe7UoYdJx1Rr9ZkSfTn6VwBhLcPi2AaKz8XyMj5HuEq"
#define HERALD_DEMO_X_ACCESS_TOKEN "1900000000000000001-demoT6yPq9WmEr2Zc5VxKb8NsJf4GhLuAd1Ri0Xe"
#define HERALD_DEMO_X_ACCESS_SECRET "demoC3vBn8MkQz5LxJw2HsTf7GpRy4DeUa9ZiXo6KqNbE"
#define HERALD_DEMO_X_USERNAME "demo_bench"

/* Of OAuth 2.0: an app without a secret (“Native App”), and one with a secret. Both may lead back to
 * http://127.0.0.1:48721/callback, and to the ports 48722 and 48723. */
#define HERALD_DEMO_X_CLIENT_ID "demoVGhl7Q2xpZW50TmF0aXZlA5OjE6Y2k"
#define HERALD_DEMO_X_WEB_CLIENT_ID "demoVGhl7Q2xpZW50V2ViQm90z5OjE6Y2k"
#define HERALD_DEMO_X_WEB_CLIENT_SECRET "demoWqR7uT2yLp9XsKd4VbNc6MhJf1GzEa8QiOr3UtYw5Bx0Zk"

/* Of an app alone, without an account: X lets it post nothing */
#define HERALD_DEMO_X_APP_BEARER "AAAAAAAAAAAAAAAAAAAAADemoAppOnly%2FbearerTokenOfTheDemo%3D7hJkQw"

typedef enum
{
  HERALD_DEMO_X_AS_USUAL,
  HERALD_DEMO_X_DONE,
  HERALD_DEMO_X_NOT_DONE,
} HeraldDemoXDeed;

/**
 * HeraldDemoXFault:
 * @kind: one of docs/simulator.md, e.g. `unavailable`
 * @path: (nullable): only what begins so, e.g. `/2/tweets`
 * @n_times: so many answers; 0 for all until herald_demo_x_stop_faults()
 * @n_before: so many answers are right before the first wrong one
 * @deed: whether what was asked for is done nevertheless
 * @seconds: until a limit ends, a silence lasts; for `clock` and `processing` see there; 0 for what is usual
 * @at_byte: where `cut` cuts the answer, counted from its status line
 * @location: (nullable): where `redirect` leads
 *
 * What goes wrong. Borrowed.
 */
typedef struct
{
  const char *kind;
  const char *path;
  guint n_times;
  guint n_before;
  HeraldDemoXDeed deed;
  gint64 seconds;
  gsize at_byte;
  const char *location;
} HeraldDemoXFault;

#define HERALD_TYPE_DEMO_X (herald_demo_x_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDemoX, herald_demo_x, HERALD, DEMO_X, GObject)

HeraldDemoX *herald_demo_x_new               (guint16                  port,
                                              GError                 **error);
guint16      herald_demo_x_get_port          (HeraldDemoX             *self);
/* (transfer full): `http://127.0.0.1:PORT`, for the setting `server` */
char        *herald_demo_x_dup_url           (HeraldDemoX             *self);

/* What was posted, the oldest first */
guint        herald_demo_x_get_n_posts       (HeraldDemoX             *self);
const char  *herald_demo_x_get_post_id       (HeraldDemoX             *self,
                                              guint                    i);
char        *herald_demo_x_dup_post_text     (HeraldDemoX             *self,
                                              guint                    i);
guint        herald_demo_x_get_n_media       (HeraldDemoX             *self,
                                              guint                    i);
/* (transfer full) (nullable): %NULL if it is too long ago, or there is none */
GBytes      *herald_demo_x_ref_media         (HeraldDemoX             *self,
                                              guint                    i,
                                              guint                    nth);
char        *herald_demo_x_dup_media_type    (HeraldDemoX             *self,
                                              guint                    i,
                                              guint                    nth);
/* (transfer full) (nullable) */
char        *herald_demo_x_dup_alt_text      (HeraldDemoX             *self,
                                              guint                    i,
                                              guint                    nth);

/* How many requests came to paths that begin with @path, whatever became of them */
guint        herald_demo_x_get_n_requests    (HeraldDemoX             *self,
                                              const char              *path);
/* (nullable): why the last request without success had none; for whoever looks for a mistake */
const char  *herald_demo_x_get_refusal       (HeraldDemoX             *self);

/* Faults are played in the order in which they were set; returns %FALSE if there is no such kind. */
gboolean     herald_demo_x_play              (HeraldDemoX             *self,
                                              const HeraldDemoXFault  *fault);
void         herald_demo_x_stop_faults       (HeraldDemoX             *self);

G_END_DECLS
