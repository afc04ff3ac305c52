/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x"

#include "demo/demo-x-faults.h"
#include "demo/demo-x-tokens.h"

#include <string.h>

/* Of 19 digits, as X's are: more than a double can hold */
#define FIRST_ID G_GUINT64_CONSTANT (1990000000000000001)
#define ID_STEP 4099

/**
 * HeraldDemoX:
 *
 * X for one machine: takes the posts of one account on the loopback, judges requests as X does, shows them to nobody.
 * Emits `posted` with the number of the post, counted from 0. What goes wrong is set by herald_demo_x_play().
 */

G_DEFINE_FINAL_TYPE (HeraldDemoX, herald_demo_x, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_POSTED,
} HeraldDemoXSignal;

static guint signals[SIGNAL_POSTED + 1];

/* Its clock, which may be wrong */
gint64
herald_demo_x_get_now_s (HeraldDemoX *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->trait_s[HERALD_DEMO_X_CLOCK];
}

/* Returns (transfer full) */
char *
herald_demo_x_make_id (HeraldDemoX *self)
{
  self->last_id += ID_STEP;

  return g_strdup_printf ("%" G_GUINT64_FORMAT, self->last_id);
}

/* Takes @post */
void
herald_demo_x_take_post (HeraldDemoX     *self,
                         HeraldDemoXPost *post)
{
  g_ptr_array_add (self->posts, post);
  g_signal_emit (self, signals[SIGNAL_POSTED], 0, self->posts->len - 1);
}

/* GObject */

static void
herald_demo_x_dispose (GObject *object)
{
  HeraldDemoX *self = HERALD_DEMO_X (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (herald_demo_x_parent_class)->dispose (object);
}

static void
herald_demo_x_finalize (GObject *object)
{
  HeraldDemoX *self = HERALD_DEMO_X (object);

  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->nonces, g_hash_table_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->windows, g_free);
  g_clear_pointer (&self->refusal, g_free);

  G_OBJECT_CLASS (herald_demo_x_parent_class)->finalize (object);
}

static void
herald_demo_x_class_init (HeraldDemoXClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_demo_x_dispose;
  object_class->finalize = herald_demo_x_finalize;

  signals[SIGNAL_POSTED] = g_signal_new ("posted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
herald_demo_x_init (HeraldDemoX *self)
{
  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_demo_x_post_free);
  self->media = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_demo_x_media_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) herald_demo_x_token_free);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_demo_x_played_free);
  self->windows = g_new0 (HeraldDemoXWindow, herald_demo_x_count_paths ());
  self->last_id = FIRST_ID;
}

/**
 * herald_demo_x_new:
 * @port: on 127.0.0.1; 0 for any that is free
 *
 * Returns: (transfer full) (nullable): %NULL with a %G_IO_ERROR if the port is taken
 */
HeraldDemoX *
herald_demo_x_new (guint16   port,
                   GError  **error)
{
  g_autoptr(HeraldDemoX) self = g_object_new (HERALD_TYPE_DEMO_X, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  GSList *uris = NULL;

  self->server = soup_server_new ("server-header", "cloudflare envoy", NULL);
  soup_server_add_handler (self->server, NULL, herald_demo_x_handle, self, NULL);
  if (!soup_server_listen (self->server, address, 0, error))
    return NULL;

  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return g_steal_pointer (&self);
}

guint16
herald_demo_x_get_port (HeraldDemoX *self)
{
  return self->port;
}

char *
herald_demo_x_dup_url (HeraldDemoX *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

guint
herald_demo_x_get_n_posts (HeraldDemoX *self)
{
  return self->posts->len;
}

static const HeraldDemoXPost *
get_post (HeraldDemoX *self,
          guint        i)
{
  g_return_val_if_fail (i < self->posts->len, NULL);

  return g_ptr_array_index (self->posts, i);
}

static const HeraldDemoXMedia *
get_media (HeraldDemoX *self,
           guint        i,
           guint        nth)
{
  const HeraldDemoXPost *post = get_post (self, i);

  g_return_val_if_fail (post != NULL && nth < post->media->len, NULL);

  return g_ptr_array_index (post->media, nth);
}

const char *
herald_demo_x_get_post_id (HeraldDemoX *self,
                           guint        i)
{
  return get_post (self, i)->id;
}

char *
herald_demo_x_dup_post_text (HeraldDemoX *self,
                             guint        i)
{
  return g_strdup (get_post (self, i)->text);
}

guint
herald_demo_x_get_n_media (HeraldDemoX *self,
                           guint        i)
{
  return get_post (self, i)->media->len;
}

GBytes *
herald_demo_x_ref_media (HeraldDemoX *self,
                         guint        i,
                         guint        nth)
{
  const HeraldDemoXMedia *media = get_media (self, i, nth);

  return media->bytes != NULL ? g_bytes_ref (media->bytes) : NULL;
}

char *
herald_demo_x_dup_media_type (HeraldDemoX *self,
                              guint        i,
                              guint        nth)
{
  return g_strdup (get_media (self, i, nth)->type);
}

char *
herald_demo_x_dup_alt_text (HeraldDemoX *self,
                            guint        i,
                            guint        nth)
{
  return g_strdup (get_media (self, i, nth)->alt_text);
}

guint
herald_demo_x_get_n_requests (HeraldDemoX *self,
                              const char  *path)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += g_str_has_prefix (strchr (g_ptr_array_index (self->requests, i), '/'), path) ? 1 : 0;

  return n;
}

const char *
herald_demo_x_get_refusal (HeraldDemoX *self)
{
  return self->refusal;
}
