/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-x-rest.h"

G_BEGIN_DECLS

typedef enum
{
  HERALD_DEMO_X_AN_ERROR,
  HERALD_DEMO_X_STRANGE,
  HERALD_DEMO_X_NO_ANSWER,
  HERALD_DEMO_X_A_TRAIT,
} HeraldDemoXFaultClass;

typedef enum
{
  HERALD_DEMO_X_LIMIT_HEADERS = 1,
  HERALD_DEMO_X_DAY_HEADERS,
  HERALD_DEMO_X_RETRY_AFTER,
  HERALD_DEMO_X_LOCATION,
  HERALD_DEMO_X_HUGE,
  HERALD_DEMO_X_DEEP,
  HERALD_DEMO_X_WITH_ERRORS,
  HERALD_DEMO_X_CUT,
  HERALD_DEMO_X_SILENCE,
  HERALD_DEMO_X_SLOW,
} HeraldDemoXExtra;

/* @status: 0 for that of the true answer; @extra: a HeraldDemoXExtra, or the HeraldDemoXTrait */
typedef struct
{
  const char *kind;
  HeraldDemoXFaultClass class;
  guint status;
  const char *body;
  int extra;
} HeraldDemoXFaultRow;

/* A fault that waits for its requests */
typedef struct
{
  const HeraldDemoXFaultRow *row;
  HeraldDemoXFault fault;
} HeraldDemoXPlayed;

/* demo-x-fault-table.c; (nullable) */
const HeraldDemoXFaultRow *herald_demo_x_find_fault_row (const char               *kind);

/* demo-x-faults.c */
void                       herald_demo_x_played_free    (HeraldDemoXPlayed        *played);
/* (transfer full) (nullable): what is to go wrong with the request */
HeraldDemoXPlayed         *herald_demo_x_take_fault     (HeraldDemoXRequest       *request);
gboolean                   herald_demo_x_does_it        (const HeraldDemoXPlayed  *played);

/* demo-x-fault-answer.c: puts the fault in the place of the answer */
void                       herald_demo_x_answer_fault   (HeraldDemoXRequest       *request,
                                                         const HeraldDemoXPlayed  *played);

/* demo-x-cut.c: what goes over the wire is cut there */
void                       herald_demo_x_cut_answer     (HeraldDemoXRequest       *request,
                                                         gsize                     at_byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldDemoXPlayed, herald_demo_x_played_free)

G_END_DECLS
