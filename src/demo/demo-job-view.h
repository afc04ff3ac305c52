/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-files.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_STATE_OFFLINE,
  HERALD_DEMO_STATE_OPERATIONAL,
  HERALD_DEMO_STATE_STARTING,
  HERALD_DEMO_STATE_PRINTING,
  HERALD_DEMO_STATE_PAUSING,
  HERALD_DEMO_STATE_PAUSED,
  HERALD_DEMO_STATE_RESUMING,
  HERALD_DEMO_STATE_FINISHING,
  HERALD_DEMO_STATE_CANCELLING,
  HERALD_DEMO_STATE_ERROR,
  /* Counts as printing too, but is no print */
  HERALD_DEMO_STATE_TRANSFERRING,
} HeraldDemoState;

typedef enum
{
  HERALD_DEMO_OUTCOME_DONE,
  HERALD_DEMO_OUTCOME_FAILED,
  HERALD_DEMO_OUTCOME_CANCELLED,
} HeraldDemoOutcome;

/* Which OctoPrint it speaks like */
typedef enum
{
  HERALD_DEMO_DIALECT_1_11,
  HERALD_DEMO_DIALECT_1_4,
  HERALD_DEMO_DIALECT_2_0,
} HeraldDemoDialect;

/* A moment in the temperature chart; the type as OctoPrint calls it, by the server's clock */
typedef struct
{
  const char *type;
  const char *label;
  gint64 time_ms;
} HeraldDemoMarking;

/* What there is to see at a moment; temperatures in °C, heights in mm */
typedef struct
{
  HeraldDemoState state;
  HeraldDemoDialect dialect;
  const char *state_text;
  const char *error;
  const HeraldDemoFile *file;
  /* By a clock that is right, and by the server's */
  gint64 now_ms;
  gint64 server_ms;
  double elapsed_s;
  double seconds;
  gboolean has_progress;
  double z;
  double tool;
  double tool_target;
  double bed;
  double bed_target;
  GArray *markings;
} HeraldDemoView;

G_END_DECLS
