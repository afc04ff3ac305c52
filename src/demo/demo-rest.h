/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-printer-private.h"

G_BEGIN_DECLS

#define HERALD_DEMO_FILES_PATH "/api/files/"
#define HERALD_DEMO_REQUEST_PATH "/plugin/appkeys/request/"
#define HERALD_DEMO_AUTH_PATH "/plugin/appkeys/auth/"

/* One request on its way through the table of paths */
typedef struct
{
  HeraldDemoPrinter *printer;
  SoupServerMessage *message;
  const char *path;
  JsonObject *body;
  HeraldDemoView view;
} HeraldDemoRequest;

/* demo-answer.c */
void     herald_demo_answer_take      (HeraldDemoRequest *request,
                                       guint              status,
                                       JsonObject        *object);
void     herald_demo_answer_error     (HeraldDemoRequest *request,
                                       guint              status,
                                       const char        *words);
void     herald_demo_answer_not_found (HeraldDemoRequest *request);
void     herald_demo_answer_text      (HeraldDemoRequest *request,
                                       guint              status,
                                       const char        *type,
                                       const char        *text);
void     herald_demo_answer_json      (HeraldDemoRequest *request,
                                       const char        *json);
void     herald_demo_answer_nothing   (HeraldDemoRequest *request);
gboolean herald_demo_answer_unchanged (HeraldDemoRequest *request,
                                       guint              revision);
gboolean herald_demo_request_has_key  (HeraldDemoRequest *request);
gboolean herald_demo_request_has      (HeraldDemoRequest *request,
                                       HeraldDemoFault    trait);

/* demo-rest-server.c */
void     herald_demo_get_version      (HeraldDemoRequest *request);
void     herald_demo_get_server       (HeraldDemoRequest *request);
void     herald_demo_get_current_user (HeraldDemoRequest *request);
void     herald_demo_post_login       (HeraldDemoRequest *request);
void     herald_demo_get_settings     (HeraldDemoRequest *request);
void     herald_demo_get_sockjs_info  (HeraldDemoRequest *request);
void     herald_demo_get_online       (HeraldDemoRequest *request);

/* demo-rest-camera.c */
void     herald_demo_get_webcam       (HeraldDemoRequest *request);
void     herald_demo_get_current_picture (HeraldDemoRequest *request);
void     herald_demo_post_camera      (HeraldDemoRequest *request);
void     herald_demo_get_camera       (HeraldDemoRequest *request);
JsonObject *herald_demo_new_webcam    (HeraldDemoRequest *request);

/* demo-rest-job.c */
void     herald_demo_get_connection   (HeraldDemoRequest *request);
void     herald_demo_post_connection  (HeraldDemoRequest *request);
void     herald_demo_get_job          (HeraldDemoRequest *request);
void     herald_demo_post_job         (HeraldDemoRequest *request);
void     herald_demo_get_printer      (HeraldDemoRequest *request);
void     herald_demo_get_error        (HeraldDemoRequest *request);

/* demo-rest-files.c */
void     herald_demo_get_all_files    (HeraldDemoRequest *request);
void     herald_demo_get_file         (HeraldDemoRequest *request);
void     herald_demo_get_timelapse    (HeraldDemoRequest *request);

/* demo-download.c */
void     herald_demo_get_download     (HeraldDemoRequest *request);
void     herald_demo_get_movie        (HeraldDemoRequest *request);

/* demo-access.c */
void     herald_demo_get_probe        (HeraldDemoRequest *request);
void     herald_demo_post_request     (HeraldDemoRequest *request);
void     herald_demo_get_request      (HeraldDemoRequest *request);
void     herald_demo_get_auth         (HeraldDemoRequest *request);

/* demo-rest-demo.c */
void     herald_demo_post_fault       (HeraldDemoRequest *request);
void     herald_demo_post_print       (HeraldDemoRequest *request);
void     herald_demo_post_transfer    (HeraldDemoRequest *request);
void     herald_demo_post_upload      (HeraldDemoRequest *request);
void     herald_demo_post_event       (HeraldDemoRequest *request);
void     herald_demo_post_plugin      (HeraldDemoRequest *request);
void     herald_demo_post_logs        (HeraldDemoRequest *request);
void     herald_demo_post_access      (HeraldDemoRequest *request);
void     herald_demo_post_advance     (HeraldDemoRequest *request);

G_END_DECLS
