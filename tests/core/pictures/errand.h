/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-worker.h"

/* Pictures are given to the worker, and what comes of them is looked at. */
typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  HeraldPicture *source;
  HeraldPictureRecipe recipe;
  char *folder;
  char *program;
  guint n_asked;
  guint n_answered;
  HeraldPicture *picture;
  GError *error;
} Errand;

void errand_set_up     (Errand        *errand,
                        gconstpointer  user_data);
void errand_tear_down  (Errand        *errand,
                        gconstpointer  user_data);

/* A child of ours, for what the real one never does */
void errand_use_script (Errand        *errand,
                        const char    *script);

/* Gives it the source once more */
void errand_ask        (Errand        *errand);
/* Until there is an answer to each */
void errand_wait       (Errand        *errand);
