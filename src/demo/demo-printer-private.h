/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "demo/demo-printer.h"
#include "demo/demo-status.h"

G_BEGIN_DECLS

typedef struct _HeraldDemoSocket HeraldDemoSocket;

struct _HeraldDemoPrinter
{
  GObject parent_instance;

  char *name;
  char *key;
  char *session;
  double speed;
  guint16 port;

  SoupServer *server;
  HeraldDemoJob *job;
  GPtrArray *sockets;
  guint tick_source;
  gint64 begin_us;
  gint64 begin_wall_ms;
  guint n_keyed;

  HeraldDemoFault fault;
  char *location;
  guint fault_source;
  guint away_ms;
  gboolean away;
  GSocketService *starting;
};

/* demo-printer.c */
void                  herald_demo_printer_tick          (HeraldDemoPrinter       *self);
JsonObject           *herald_demo_printer_new_current   (HeraldDemoPrinter       *self,
                                                         guint                    n_points);
HeraldDemoStatusFlags herald_demo_printer_get_flags     (HeraldDemoPrinter       *self);

/* demo-printer-rest.c */
void                  herald_demo_printer_handle        (SoupServer              *server,
                                                         SoupServerMessage       *message,
                                                         const char              *path,
                                                         GHashTable              *query,
                                                         gpointer                 user_data);

/* demo-faults.c */
gboolean              herald_demo_printer_listen        (HeraldDemoPrinter       *self,
                                                         GError                 **error);
void                  herald_demo_printer_stop_fault    (HeraldDemoPrinter       *self);

/* demo-socket.c */
void                  herald_demo_socket_accept         (SoupServer              *server,
                                                         SoupServerMessage       *message,
                                                         const char              *path,
                                                         SoupWebsocketConnection *connection,
                                                         gpointer                 user_data);
void                  herald_demo_socket_free           (HeraldDemoSocket        *socket);
void                  herald_demo_socket_tick           (HeraldDemoSocket        *socket);
void                  herald_demo_socket_send_event     (HeraldDemoSocket        *socket,
                                                         const char              *type,
                                                         JsonNode                *payload);
void                  herald_demo_socket_play           (HeraldDemoSocket        *socket,
                                                         HeraldDemoFault          fault);

G_END_DECLS
