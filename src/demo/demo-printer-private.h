/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "demo/demo-camera.h"
#include "demo/demo-download.h"
#include "demo/demo-printer.h"
#include "demo/demo-status.h"

G_BEGIN_DECLS

typedef struct _HeraldDemoSocket HeraldDemoSocket;
typedef struct _HeraldDemoAccess HeraldDemoAccess;

struct _HeraldDemoPrinter
{
  GObject parent_instance;

  char *name;
  char *key;
  char *session;
  guint16 port;

  SoupServer *server;
  HeraldDemoJob *job;
  HeraldDemoClock *clock;
  gint64 begin_boot_ms;
  gint64 begin_wall_ms;
  gint64 jumped_ms;
  GPtrArray *sockets;
  GPtrArray *logs;
  HeraldDemoAccess *access;
  HeraldDemoCamera camera;
  HeraldDemoDownloads downloads;
  guint n_keyed;

  /* What lasts, and until when; steady milliseconds, 0 for not at all */
  HeraldDemoFault fault;
  gint64 fault_end_ms;
  gint64 trait_end_ms[HERALD_DEMO_N_FAULTS];
  char *location;
  gint64 clock_off_ms;
  HeraldDemoFault away_fault;
  gint64 away_begin_ms;
  gint64 away_for_ms;
  gboolean away;
  GSocketService *starting;

  /* Parts of frames, shared by all sockets and kept as long as they are true */
  char *slow_json;
  char *fast_json;
  gint64 fast_ms;
};

/* demo-printer.c */
void                  herald_demo_printer_tick           (HeraldDemoPrinter       *self);
void                  herald_demo_printer_forget_frames  (HeraldDemoPrinter       *self);

/* demo-ticker.c */
void                  herald_demo_ticker_add             (HeraldDemoPrinter       *printer);
void                  herald_demo_ticker_remove          (HeraldDemoPrinter       *printer);

/* demo-frame.c */
HeraldDemoStatusFlags herald_demo_printer_get_flags      (HeraldDemoPrinter       *self);
JsonObject           *herald_demo_printer_new_history    (HeraldDemoPrinter       *self);
char                 *herald_demo_printer_make_current   (HeraldDemoPrinter       *self,
                                                          GPtrArray               *logs);
const char           *herald_demo_printer_get_version    (HeraldDemoPrinter       *self);

/* demo-printer-rest.c */
void                  herald_demo_printer_handle         (SoupServer              *server,
                                                          SoupServerMessage       *message,
                                                          const char              *path,
                                                          GHashTable              *query,
                                                          gpointer                 user_data);

void                  herald_demo_printer_handle_early   (SoupServer              *server,
                                                          SoupServerMessage       *message,
                                                          const char              *path,
                                                          GHashTable              *query,
                                                          gpointer                 user_data);

/* demo-access.c */
void                  herald_demo_access_free            (HeraldDemoAccess        *access);
void                  herald_demo_access_tick            (HeraldDemoPrinter       *printer);

/* demo-faults.c */
gboolean              herald_demo_printer_listen         (HeraldDemoPrinter       *self,
                                                          GError                 **error);
void                  herald_demo_printer_play_soon      (HeraldDemoPrinter       *self,
                                                          HeraldDemoFault          fault,
                                                          double                   seconds,
                                                          const char              *what);
void                  herald_demo_printer_stop_fault     (HeraldDemoPrinter       *self);
gboolean              herald_demo_printer_has_trait      (HeraldDemoPrinter       *self,
                                                          HeraldDemoFault          trait);
void                  herald_demo_printer_begin_faults   (HeraldDemoPrinter       *self);
void                  herald_demo_printer_end_faults     (HeraldDemoPrinter       *self);

/* demo-socket.c */
void                  herald_demo_socket_accept          (SoupServer              *server,
                                                          SoupServerMessage       *message,
                                                          const char              *path,
                                                          SoupWebsocketConnection *connection,
                                                          gpointer                 user_data);
void                  herald_demo_socket_free            (HeraldDemoSocket        *socket);
void                  herald_demo_socket_tick            (HeraldDemoSocket        *socket);
void                  herald_demo_socket_say             (HeraldDemoSocket        *socket,
                                                          HeraldDemoSays           what,
                                                          const char              *type,
                                                          JsonNode                *payload);
void                  herald_demo_socket_add_log         (HeraldDemoSocket        *socket,
                                                          const char              *line);

/* demo-socket-faults.c */
void                  herald_demo_socket_play            (HeraldDemoSocket        *socket,
                                                          HeraldDemoFault          fault);

G_END_DECLS
