/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a server says has happened. */
typedef enum
{
  /* About a print */
  HERALD_SIGNAL_STARTED,
  HERALD_SIGNAL_PAUSED,
  HERALD_SIGNAL_RESUMED,
  HERALD_SIGNAL_CANCELLED,
  HERALD_SIGNAL_FAILED,
  HERALD_SIGNAL_DONE,
  /* About the printer */
  HERALD_SIGNAL_ERROR,
  HERALD_SIGNAL_CONNECTED,
  HERALD_SIGNAL_DISCONNECTED,
  HERALD_SIGNAL_UNKNOWN_STATE,
  /* Somebody has to come, or came */
  HERALD_SIGNAL_ATTENTION_NEEDED,
  HERALD_SIGNAL_ATTENTION_EXPLAINED,
  /* … said again and again as long as it is so, and some seconds late */
  HERALD_SIGNAL_ATTENTION_REPEATED,
  HERALD_SIGNAL_ATTENTION_OVER,
  /* About files */
  HERALD_SIGNAL_FILE_UPLOADED,
  HERALD_SIGNAL_TRANSFER_STARTED,
  HERALD_SIGNAL_TRANSFER_DONE,
  HERALD_SIGNAL_TRANSFER_FAILED,
  HERALD_SIGNAL_TIMELAPSE_DONE,
  HERALD_SIGNAL_TIMELAPSE_FAILED,
  /* About the server */
  HERALD_SIGNAL_SERVER_STOPPING,
  HERALD_SIGNAL_SETTINGS_CHANGED,
  /* What it calls the state the printer is in now; the state itself follows */
  HERALD_SIGNAL_STATE_CHANGED,
  HERALD_SIGNAL_LAYER,
  /* It has counted a print of a file; that the print was over was said before */
  HERALD_SIGNAL_COUNTED,
} HeraldPrinterSignal;

G_END_DECLS
