/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "core/net/oauth1.h"
#include "demo/demo-x.h"

G_BEGIN_DECLS

/**
 * XAsker:
 * @keys: those of the stand-in; may be changed
 * @stamp_off_s: by which the timestamp is wrong
 * @nonce: (nullable): %NULL for a fresh one
 * @bearer: (nullable): instead of a signature
 * @error: why there was no answer
 *
 * Asks a stand-in for X signed questions, one after the other, and keeps what came last.
 */
typedef struct
{
  HeraldDemoX *x;
  SoupSession *http;
  HeraldOauth1Keys keys;
  gint64 stamp_off_s;
  char *nonce;
  char *bearer;
  SoupMessage *message;
  GBytes *answer;
  JsonNode *node;
  GError *error;
} XAsker;

XAsker     *x_asker_new         (void);
void        x_asker_free        (XAsker     *self);

/* Returns the status; 0 if there was no answer. @body: (nullable) */
guint       x_asker_send        (XAsker     *self,
                                 const char *method,
                                 const char *path,
                                 const char *type,
                                 GBytes     *body);
guint       x_asker_get         (XAsker     *self,
                                 const char *path);
guint       x_asker_post_json   (XAsker     *self,
                                 const char *path,
                                 const char *json);
guint       x_asker_post_text   (XAsker     *self,
                                 const char *text);
/* @name, @value: (nullable): a second field */
guint       x_asker_post_media  (XAsker     *self,
                                 const char *path,
                                 GBytes     *media,
                                 const char *name,
                                 const char *value);

/* The member of `data`, else of the whole answer, as a string; fails if there is none */
const char *x_asker_get_string  (XAsker     *self,
                                 const char *name);
/* Whether the words are in the answer */
gboolean    x_asker_heard       (XAsker     *self,
                                 const char *words);
const char *x_asker_get_header  (XAsker     *self,
                                 const char *name);

G_END_DECLS
