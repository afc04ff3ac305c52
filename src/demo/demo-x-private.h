/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "demo/demo-x.h"

G_BEGIN_DECLS

/* What it is like until it is told otherwise; @trait_s of a %HERALD_DEMO_X_CLOCK is by how much it is wrong, of
 * %HERALD_DEMO_X_PROCESSING how long a film takes, of the lives how long codes and access tokens are good */
typedef enum
{
  HERALD_DEMO_X_NO_DUPLICATE_RULE,
  HERALD_DEMO_X_READ_ONLY,
  HERALD_DEMO_X_NO_LIMITS,
  HERALD_DEMO_X_REVOKED,
  HERALD_DEMO_X_PROCESSING_FAILS,
  HERALD_DEMO_X_CLOCK,
  HERALD_DEMO_X_PROCESSING,
  HERALD_DEMO_X_LOGIN_PAGE,
  HERALD_DEMO_X_DENIED,
  HERALD_DEMO_X_CODE_LIFE,
  HERALD_DEMO_X_TOKEN_LIFE,
  HERALD_DEMO_X_N_TRAITS,
} HeraldDemoXTrait;

typedef struct
{
  char *id;
  char *category;
  char *type;
  char *alt_text;
  char *sha256;
  GBytes *bytes;
  GPtrArray *segments;
  gsize size;
  int width;
  int height;
  gint64 born_s;
  gint64 ready_s;
  gboolean fails;
} HeraldDemoXMedia;

typedef struct
{
  char *id;
  char *text;
  GPtrArray *media;
  gint64 born_s;
} HeraldDemoXPost;

typedef struct
{
  guint n_used;
  gint64 reset_s;
} HeraldDemoXWindow;


struct _HeraldDemoX
{
  GObject parent_instance;

  SoupServer *server;
  guint16 port;
  GPtrArray *posts;
  GPtrArray *media;
  GPtrArray *requests;
  GHashTable *nonces;
  GPtrArray *faults;
  gboolean has_trait[HERALD_DEMO_X_N_TRAITS];
  gint64 trait_s[HERALD_DEMO_X_N_TRAITS];
  GHashTable *tokens;
  HeraldDemoXWindow *windows;
  char *refusal;
  guint64 last_id;
};

/* demo-x.c */
gint64            herald_demo_x_get_now_s        (HeraldDemoX         *self);
char             *herald_demo_x_make_id          (HeraldDemoX         *self);

void              herald_demo_x_take_post        (HeraldDemoX         *self,
                                                  HeraldDemoXPost     *post);

guint             herald_demo_x_count_paths      (void);
void              herald_demo_x_post_free        (HeraldDemoXPost     *post);
void              herald_demo_x_media_free       (HeraldDemoXMedia    *media);

/* SoupServer's handler */
void              herald_demo_x_handle           (SoupServer          *server,
                                                  SoupServerMessage   *message,
                                                  const char          *path,
                                                  GHashTable          *query,
                                                  gpointer             user_data);

G_END_DECLS
