/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* A printer whose camera does what a test tells it to. */
#define SCRIPTED_TYPE_CAMERA (scripted_camera_get_type ())
G_DECLARE_FINAL_TYPE (ScriptedCamera, scripted_camera, SCRIPTED, CAMERA, HeraldPrinter)

struct _ScriptedCamera
{
  HeraldPrinter parent_instance;

  GBytes *picture;    /* what it sees; NULL if there is no camera */
  GBytes *next;       /* (nullable): what it sees from the second look on */
  int code;           /* a HeraldError; -1 to answer, -2 never to answer */
  int file_code;      /* a HeraldError: why there is no thumbnail and no film */
  guint n_reads;
  GPtrArray *wishes;  /* what was looked for: `snapshot`, … */
};

ScriptedCamera *scripted_camera_new (const char *id);

/* A PNG of one grey */
GBytes         *scripted_camera_make_grey (guint8 grey);

G_END_DECLS
