/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-fetch.h"
#include "fixtures/watched-printer.h"

/* A picture of the camera is asked for: at once, … */
HeraldPictureCatch *snapshot_asking_fetch (WatchedPrinter  *fixture,
                                           guint            deadline_ms,
                                           GError         **error);

/* … or in two steps, between which @result is %NULL for as long as there is no answer */
void                snapshot_asking_begin (WatchedPrinter  *fixture,
                                           guint            deadline_ms,
                                           GAsyncResult   **result);
HeraldPictureCatch *snapshot_asking_end   (GAsyncResult   **result,
                                           GError         **error);

void                snapshot_asking_set   (WatchedPrinter  *fixture,
                                           const char      *name,
                                           const char      *value);

/* Only the address of one picture, as a user would type it */
void                snapshot_asking_type  (WatchedPrinter  *fixture,
                                           const char      *path);
