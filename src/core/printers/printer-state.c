/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-state"

#include "core/printers/printer-state.h"

G_DEFINE_BOXED_TYPE (HeraldPrinterState,
                     herald_printer_state,
                     herald_printer_state_ref,
                     herald_printer_state_unref)

static const char *const state_ids[] = {
  [HERALD_STATE_OFFLINE] = "offline",
  [HERALD_STATE_CONNECTING] = "connecting",
  [HERALD_STATE_OPERATIONAL] = "operational",
  [HERALD_STATE_PRINTING] = "printing",
  [HERALD_STATE_PAUSING] = "pausing",
  [HERALD_STATE_PAUSED] = "paused",
  [HERALD_STATE_RESUMING] = "resuming",
  [HERALD_STATE_FINISHING] = "finishing",
  [HERALD_STATE_CANCELLING] = "cancelling",
  [HERALD_STATE_TRANSFERRING] = "transferring",
  [HERALD_STATE_ERROR] = "error",
  [HERALD_STATE_UNKNOWN] = "unknown",
};

static const char *const connection_ids[] = {
  [HERALD_CONNECTION_CONNECTING] = "connecting",
  [HERALD_CONNECTION_CONNECTED] = "connected",
  [HERALD_CONNECTION_UNREACHABLE] = "unreachable",
  [HERALD_CONNECTION_STARTING] = "starting",
  [HERALD_CONNECTION_UNAUTHORIZED] = "unauthorized",
  [HERALD_CONNECTION_UNTRUSTED] = "untrusted",
  [HERALD_CONNECTION_DISABLED] = "disabled",
};

static void
temperature_free (HeraldTemperature *temperature)
{
  g_free (temperature->heater);
  g_free (temperature);
}

/**
 * herald_printer_state_new:
 *
 * Returns: (transfer full): a state in which nothing is known; to be filled by its maker only
 */
HeraldPrinterState *
herald_printer_state_new (void)
{
  HeraldPrinterState *self = g_atomic_rc_box_new0 (HeraldPrinterState);

  self->id = HERALD_STATE_UNKNOWN;
  self->text = g_strdup ("");
  self->size_bytes = -1;
  self->filament_mm = -1;
  self->progress = -1;
  self->elapsed_s = -1;
  self->remaining_s = -1;
  self->estimated_s = -1;
  self->height_mm = -1;
  self->layer = -1;
  self->layers = -1;
  self->temperatures = g_ptr_array_new_with_free_func ((GDestroyNotify) temperature_free);

  return self;
}

HeraldPrinterState *
herald_printer_state_ref (HeraldPrinterState *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
herald_printer_state_clear (HeraldPrinterState *self)
{
  g_free (self->text);
  g_free (self->error);
  g_free (self->name);
  g_free (self->path);
  g_free (self->origin);
  g_free (self->user);
  g_free (self->remaining_origin);
  g_ptr_array_unref (self->temperatures);
}

void
herald_printer_state_unref (HeraldPrinterState *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) herald_printer_state_clear);
}

/**
 * herald_printer_state_add_heater:
 * @actual: °C
 * @target: °C
 *
 * For the maker of @self only.
 */
void
herald_printer_state_add_heater (HeraldPrinterState *self,
                                 const char         *heater,
                                 double              actual,
                                 double              target)
{
  HeraldTemperature *temperature = g_new0 (HeraldTemperature, 1);

  temperature->heater = g_strdup (heater);
  temperature->actual = actual;
  temperature->target = target;
  g_ptr_array_add (self->temperatures, temperature);
}

/**
 * herald_state_id_has_job:
 *
 * Returns: whether a print is under way in this state
 */
gboolean
herald_state_id_has_job (HeraldStateId id)
{
  switch (id)
    {
    case HERALD_STATE_PRINTING:
    case HERALD_STATE_PAUSING:
    case HERALD_STATE_PAUSED:
    case HERALD_STATE_RESUMING:
    case HERALD_STATE_FINISHING:
    case HERALD_STATE_CANCELLING:
      return TRUE;
    case HERALD_STATE_OFFLINE:
    case HERALD_STATE_CONNECTING:
    case HERALD_STATE_OPERATIONAL:
    case HERALD_STATE_TRANSFERRING:
    case HERALD_STATE_ERROR:
    case HERALD_STATE_UNKNOWN:
    default:
      return FALSE;
    }
}

/**
 * herald_state_id_to_string:
 *
 * Returns: the stable name used on the command line
 */
const char *
herald_state_id_to_string (HeraldStateId id)
{
  return state_ids[id];
}

/**
 * herald_connection_to_string:
 *
 * Returns: the stable name used on the command line
 */
const char *
herald_connection_to_string (HeraldConnection connection)
{
  return connection_ids[connection];
}
