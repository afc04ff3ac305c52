/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-x-private.h"

G_BEGIN_DECLS

typedef struct HeraldDemoXRequest HeraldDemoXRequest;

typedef void (*HeraldDemoXAnswerFunc) (HeraldDemoXRequest *request);

/* @limit: requests in a quarter of an hour; @scope: what a Bearer token must be good for */
typedef struct
{
  const char *method;
  const char *path;
  guint limit;
  const char *scope;
  HeraldDemoXAnswerFunc answer;
} HeraldDemoXPath;

/* One request on its way; @id is what stands for {id} in the path */
struct HeraldDemoXRequest
{
  HeraldDemoX *x;
  SoupServerMessage *message;
  const char *path;
  const HeraldDemoXPath *row;
  GHashTable *query;
  GBytes *bytes;
  JsonObject *json;
  char *id;
};

/* demo-x-answer.c */
void              herald_demo_x_remember         (HeraldDemoXRequest  *request,
                                                  const char          *why);
void              herald_demo_x_answer_text      (HeraldDemoXRequest  *request,
                                                  guint                status,
                                                  const char          *type,
                                                  const char          *text);
void              herald_demo_x_answer_take      (HeraldDemoXRequest  *request,
                                                  guint                status,
                                                  JsonObject          *object);
void              herald_demo_x_answer_take_data (HeraldDemoXRequest  *request,
                                                  guint                status,
                                                  JsonObject          *data);
void              herald_demo_x_refuse           (HeraldDemoXRequest  *request,
                                                  const char          *why);
void              herald_demo_x_answer_invalid   (HeraldDemoXRequest  *request,
                                                  const char          *parameter,
                                                  const char          *why);
void              herald_demo_x_answer_problem   (HeraldDemoXRequest  *request,
                                                  guint                status,
                                                  const char          *type,
                                                  const char          *title,
                                                  const char          *detail);

/* demo-x-access.c */
gboolean          herald_demo_x_let_in           (HeraldDemoXRequest  *request);

/* demo-x-limits.c */
gboolean          herald_demo_x_count            (HeraldDemoXRequest  *request,
                                                  guint                row);

void              herald_demo_x_set_date         (HeraldDemoXRequest  *request);

/* demo-x-shape.c */
gboolean          herald_demo_x_check_names      (HeraldDemoXRequest  *request,
                                                  JsonObject          *object,
                                                  const char *const   *names);
gboolean          herald_demo_x_check_string     (HeraldDemoXRequest  *request,
                                                  JsonObject          *object,
                                                  const char          *name);
gboolean          herald_demo_x_is_id            (const char          *text);

/* demo-x-posts.c */
void              herald_demo_x_post_tweet       (HeraldDemoXRequest  *request);
void              herald_demo_x_get_me           (HeraldDemoXRequest  *request);

/* demo-x-media.c */
HeraldDemoXMedia *herald_demo_x_media_new        (HeraldDemoX         *x,
                                                  const char          *category);
HeraldDemoXMedia *herald_demo_x_find_media       (HeraldDemoX         *x,
                                                  const char          *id);
gboolean          herald_demo_x_media_look       (HeraldDemoXMedia    *media);
void              herald_demo_x_keep_media       (HeraldDemoX         *x,
                                                  HeraldDemoXMedia    *media,
                                                  GBytes              *bytes);
JsonObject       *herald_demo_x_describe_media   (HeraldDemoX         *x,
                                                  HeraldDemoXMedia    *media);

/* demo-x-upload.c */
void              herald_demo_x_post_upload      (HeraldDemoXRequest  *request);
void              herald_demo_x_post_metadata    (HeraldDemoXRequest  *request);

/* demo-x-film.c */
void              herald_demo_x_post_initialize  (HeraldDemoXRequest  *request);
void              herald_demo_x_post_append      (HeraldDemoXRequest  *request);
void              herald_demo_x_post_finalize    (HeraldDemoXRequest  *request);
void              herald_demo_x_get_upload       (HeraldDemoXRequest  *request);

/* demo-x-form.c */
GBytes           *herald_demo_x_read_form        (HeraldDemoXRequest  *request,
                                                  const char *const   *names,
                                                  GHashTable          *fields);

/* demo-x-control.c */
gboolean          herald_demo_x_control          (HeraldDemoXRequest  *request);
void              herald_demo_x_note_request     (HeraldDemoXRequest  *request);

G_END_DECLS
