/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How we stand with the server. */
typedef enum
{
  HERALD_CONNECTION_CONNECTING,
  HERALD_CONNECTION_CONNECTED,
  HERALD_CONNECTION_UNREACHABLE,
  HERALD_CONNECTION_STARTING,
  HERALD_CONNECTION_UNAUTHORIZED,
  HERALD_CONNECTION_UNTRUSTED,
  HERALD_CONNECTION_DISABLED,
} HeraldConnection;

/* What the printer itself is doing. */
typedef enum
{
  HERALD_STATE_OFFLINE,
  HERALD_STATE_CONNECTING,
  HERALD_STATE_OPERATIONAL,
  HERALD_STATE_PRINTING,
  HERALD_STATE_PAUSING,
  HERALD_STATE_PAUSED,
  HERALD_STATE_RESUMING,
  HERALD_STATE_FINISHING,
  HERALD_STATE_CANCELLING,
  HERALD_STATE_TRANSFERRING,
  HERALD_STATE_ERROR,
  HERALD_STATE_UNKNOWN,
} HeraldStateId;

/**
 * HeraldTemperature:
 * @heater: `tool0`, `bed`, …
 * @actual: °C
 * @target: °C; 0 when it is off
 */
typedef struct
{
  char *heater;
  double actual;
  double target;
} HeraldTemperature;

/**
 * HeraldPrinterState:
 * @text: the server's own word for it; cleaned
 * @error: (nullable): what the firmware complains about; cleaned
 * @name: (nullable): file being printed or selected, as shown; cleaned
 * @path: (nullable): where it lies in its origin; cleaned
 * @origin: (nullable): `local`, `sdcard`, …
 * @size_bytes: −1 if unknown
 * @filament_mm: how much the print takes, of all hotends together; −1 if unknown
 * @progress: 0 to 100, −1 if unknown
 * @elapsed_s: −1 if unknown
 * @remaining_s: −1 if unknown
 * @remaining_origin: (nullable): how OctoPrint estimated it
 * @estimated_s: how long the whole print was estimated to take before it began, −1 if unknown
 * @height_mm: of the nozzle, −1 if unknown
 * @layer: the one being printed, from 1; −1 if unknown
 * @layers: how many there are, −1 if unknown
 * @server_ms: the server's clock when it said so, 0 if unknown
 * @received_ms: our clock when we heard it
 * @temperatures: (element-type HeraldTemperature): latest known, in the order of the server
 *
 * What a printer was doing at one moment. Never changed once it is made.
 */
typedef struct
{
  HeraldStateId id;
  char *text;
  char *error;
  char *name;
  char *path;
  char *origin;
  char *user;
  gint64 size_bytes;
  double filament_mm;
  double progress;
  gint64 elapsed_s;
  gint64 remaining_s;
  char *remaining_origin;
  gint64 estimated_s;
  double height_mm;
  gint64 layer;
  gint64 layers;
  gint64 server_ms;
  gint64 received_ms;
  GPtrArray *temperatures;
} HeraldPrinterState;

#define HERALD_TYPE_PRINTER_STATE (herald_printer_state_get_type ())

GType               herald_printer_state_get_type   (void);

HeraldPrinterState *herald_printer_state_new        (void);
HeraldPrinterState *herald_printer_state_ref        (HeraldPrinterState *self);
void                herald_printer_state_unref      (HeraldPrinterState *self);

void                herald_printer_state_add_heater (HeraldPrinterState *self,
                                                     const char         *heater,
                                                     double              actual,
                                                     double              target);

gboolean            herald_state_id_has_job         (HeraldStateId       id);
const char         *herald_state_id_to_string       (HeraldStateId       id);
const char         *herald_connection_to_string     (HeraldConnection    connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPrinterState, herald_printer_state_unref)

G_END_DECLS
