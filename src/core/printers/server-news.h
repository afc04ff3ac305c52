/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/print-job.h"
#include "core/printers/printer-class.h"

G_BEGIN_DECLS

/* What there is to tell of a server itself. */
typedef enum
{
  HERALD_TIDING_NONE,
  /* It does not answer while it prints … */
  HERALD_TIDING_VANISHED,
  /* … or while nothing happens there, which is nobody’s loss */
  HERALD_TIDING_GONE,
  HERALD_TIDING_STOPPED,
  HERALD_TIDING_BACK,
  HERALD_TIDING_STARTED,
} HeraldServerTiding;

/**
 * HeraldServerNews:
 * @known: whether it ever answered; who never did cannot be missed
 * @lost_ms: since when it does not answer, milliseconds this computer has been awake; 0 if it does
 * @connection: how we stand with it since
 * @stopped: whether its computer was there all the time, but OctoPrint was not
 * @told: what was told of that
 * @away_ms: how long the last loss was, once it is over
 *
 * Decides when it is worth a message that a server is gone: at once when it
 * prints, after a while when it does not, and never for a moment. Who comes
 * back is told of if the loss was. Pure; starts zeroed.
 */
typedef struct
{
  gboolean known;
  gint64 lost_ms;
  HeraldConnection connection;
  gboolean stopped;
  HeraldServerTiding told;
  gint64 away_ms;
} HeraldServerNews;

/* @now_ms: milliseconds this computer has been awake. @refused: its computer says that no server is running */
void               herald_server_news_lose        (HeraldServerNews       *self,
                                                   HeraldConnection        connection,
                                                   gboolean                refused,
                                                   gboolean                printing,
                                                   gint64                  now_ms);
gboolean           herald_server_news_is_pending  (const HeraldServerNews *self);
HeraldServerTiding herald_server_news_take_time   (HeraldServerNews       *self,
                                                   gboolean                printing,
                                                   gint64                  now_ms);
HeraldServerTiding herald_server_news_recover     (HeraldServerNews       *self,
                                                   gint64                  now_ms);
void               herald_server_news_clear       (HeraldServerNews       *self);

/* (transfer full). @job: (nullable): the print that was under way. @now_ms: milliseconds since 1970 */
HeraldEvent       *herald_server_news_make_event  (const HeraldServerNews *self,
                                                   HeraldServerTiding      tiding,
                                                   HeraldPrinter          *printer,
                                                   HeraldPrintJob         *job,
                                                   gint64                  now_ms);

G_END_DECLS
