/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-server-news"

#include "core/printers/server-news.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/printers/event-values.h"
#include "core/printers/job-values.h"

/* With a print under way nobody wants to wait for the news; but a router may be restarted. */
#define GRACE_PRINTING_MS (15 * 1000)

/* A restart of OctoPrint on a Raspberry Pi takes half a minute to two. */
#define GRACE_IDLE_MS (60 * 1000)
#define GRACE_STARTING_MS (3 * 60 * 1000)

/**
 * herald_server_news_lose:
 *
 * To be called with every attempt that failed.
 */
void
herald_server_news_lose (HeraldServerNews *self,
                         HeraldConnection  connection,
                         gboolean          refused,
                         gboolean          printing,
                         gint64            now_ms)
{
  /* A print that we know of means that we were there before this program was started anew. */
  self->known = self->known || printing;
  if (self->lost_ms == 0)
    self->lost_ms = now_ms;
  self->connection = connection;
  self->stopped = self->stopped || refused || connection == HERALD_CONNECTION_STARTING;
}

gboolean
herald_server_news_is_pending (const HeraldServerNews *self)
{
  return self->known && self->lost_ms != 0 && self->told == HERALD_TIDING_NONE;
}

static gint64
get_grace_ms (const HeraldServerNews *self,
              gboolean                printing)
{
  if (printing)
    return GRACE_PRINTING_MS;

  return self->connection == HERALD_CONNECTION_STARTING ? GRACE_STARTING_MS : GRACE_IDLE_MS;
}

/**
 * herald_server_news_take_time:
 *
 * To be called every second while herald_server_news_is_pending().
 *
 * Returns: what is to be told now; once for each loss
 */
HeraldServerTiding
herald_server_news_take_time (HeraldServerNews *self,
                              gboolean          printing,
                              gint64            now_ms)
{
  if (!herald_server_news_is_pending (self) || now_ms - self->lost_ms < get_grace_ms (self, printing))
    return HERALD_TIDING_NONE;

  if (printing)
    self->told = HERALD_TIDING_VANISHED;
  else
    self->told = self->stopped ? HERALD_TIDING_STOPPED : HERALD_TIDING_GONE;

  return self->told;
}

/**
 * herald_server_news_recover:
 *
 * Returns: what is to be told of its being there again
 */
HeraldServerTiding
herald_server_news_recover (HeraldServerNews *self,
                            gint64            now_ms)
{
  HeraldServerTiding tiding = HERALD_TIDING_NONE;

  if (self->told == HERALD_TIDING_VANISHED || self->told == HERALD_TIDING_GONE)
    tiding = HERALD_TIDING_BACK;
  else if (self->known && self->lost_ms != 0 && self->stopped)
    tiding = HERALD_TIDING_STARTED;

  *self = (HeraldServerNews) { .known = TRUE, .away_ms = self->lost_ms != 0 ? MAX (now_ms - self->lost_ms, 0) : 0 };

  return tiding;
}

void
herald_server_news_clear (HeraldServerNews *self)
{
  *self = (HeraldServerNews) { 0 };
}

/* What it means for the print */
static char *
describe_consequence (HeraldPrintJob *job)
{
  g_autoptr(HeraldValues) values = herald_values_copy (job->values);
  const char *file;

  herald_job_values_set_file (values);
  file = herald_values_get (values, "file");
  if (file == NULL || job->seen_percent < 0)
    return g_strdup (_("It was printing when last seen."));

  /* Translators: the name of a file, percent */
  return g_strdup_printf (_("It was printing %s, %d %% done, when last seen."), file, (int) job->seen_percent);
}

static char *
describe_absence (const HeraldServerNews *self,
                  gint64                  now_ms)
{
  g_autofree char *from = herald_text_format_time_of_day (now_ms - self->away_ms);
  g_autofree char *to = herald_text_format_time_of_day (now_ms);

  /* Translators: two times of day, e.g. 14:02 and 14:31 */
  return g_strdup_printf (_("It was away from %s to %s."), from, to);
}

HeraldEvent *
herald_server_news_make_event (const HeraldServerNews *self,
                               HeraldServerTiding      tiding,
                               HeraldPrinter          *printer,
                               HeraldPrintJob         *job,
                               gint64                  now_ms)
{
  static const HeraldEventKind kinds[] = {
    [HERALD_TIDING_VANISHED] = HERALD_KIND_OCTOPRINT_UNREACHABLE,
    [HERALD_TIDING_GONE] = HERALD_KIND_OCTOPRINT_UNREACHABLE,
    [HERALD_TIDING_STOPPED] = HERALD_KIND_OCTOPRINT_STOPPED,
    [HERALD_TIDING_BACK] = HERALD_KIND_OCTOPRINT_BACK,
    [HERALD_TIDING_STARTED] = HERALD_KIND_OCTOPRINT_STARTED,
  };
  HeraldEventKind kind = kinds[tiding];
  g_autofree char *dedupe = g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, herald_printer_get_id (printer),
                                             herald_event_kind_get_info (kind)->id, now_ms);
  g_autofree char *consequence = job != NULL ? describe_consequence (job) : NULL;
  g_autoptr(HeraldValues) values = herald_values_new ();
  HeraldEvent *event;

  if (job != NULL)
    herald_event_values_add_job (values, job, herald_printer_get_state (printer), now_ms);
  herald_values_set (values, "url", herald_printer_get_url (printer));
  herald_values_set (values, "error", herald_printer_get_problem (printer));
  if (tiding == HERALD_TIDING_VANISHED)
    herald_values_set (values, "consequence", consequence);
  if (tiding == HERALD_TIDING_BACK || tiding == HERALD_TIDING_STARTED)
    {
      g_autofree char *away = describe_absence (self, now_ms);

      herald_values_set (values, "away", away);
    }

  event = herald_event_new (kind, HERALD_SOURCE_LIVE, herald_printer_get_id (printer), NULL, dedupe, now_ms, values);
  /* Somebody may just have switched off what had nothing to do. */
  if (tiding == HERALD_TIDING_GONE)
    herald_event_set_urgency (event, HERALD_URGENCY_LOW);

  return event;
}
