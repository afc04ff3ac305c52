/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_FRAME_OPEN,
  HERALD_FRAME_HEARTBEAT,
  HERALD_FRAME_MESSAGES,
  HERALD_FRAME_CLOSE,
} HeraldFrameType;

/* The messages of OctoPrint's push interface; what we do not know is not an error. */
typedef enum
{
  HERALD_PUSH_CONNECTED,
  HERALD_PUSH_HISTORY,
  HERALD_PUSH_CURRENT,
  HERALD_PUSH_EVENT,
  HERALD_PUSH_PLUGIN,
  HERALD_PUSH_REAUTH_REQUIRED,
  HERALD_PUSH_TIMELAPSE,
  HERALD_PUSH_UNKNOWN,
} HeraldPushType;

/**
 * HeraldFrame:
 * @close_code: for HERALD_FRAME_CLOSE
 * @messages: (nullable): for HERALD_FRAME_MESSAGES
 *
 * One text frame of SockJS.
 */
typedef struct
{
  HeraldFrameType type;
  gint64 close_code;
  JsonArray *messages;
} HeraldFrame;

HeraldFrame    *herald_frame_parse        (const char     *text,
                                           gsize           length,
                                           GError        **error);
void            herald_frame_free         (HeraldFrame    *self);
guint           herald_frame_get_size     (HeraldFrame    *self);
HeraldPushType  herald_frame_get_message  (HeraldFrame    *self,
                                           guint           index,
                                           JsonObject    **content);

char           *herald_frame_make_auth      (const char   *user,
                                             const char   *session);
char           *herald_frame_make_subscribe (void);
char           *herald_frame_make_throttle  (guint         factor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldFrame, herald_frame_free)

G_END_DECLS
