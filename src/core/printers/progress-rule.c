/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-progress-rule"

#include "core/printers/progress-rule.h"

#include <string.h>

/* What a server says beyond these is a slip of its clock or its parser: a print of a year, a
 * printer as high as a house, more layers than that has tenths of a millimetre. */
#define ELAPSED_MAX_S (366 * 24 * 3600)
#define HEIGHT_MAX_MM 10000
#define LAYER_MAX 1000000

/* Finer steps would be a message a layer and more. */
#define STEP_MIN 0.1

/* Three steps of 0.2 are not quite 0.6 in binary. */
#define STEP_SLACK 1e-6

/* First layers, rafts included, lie below; a nozzle that is parked or heats up stands above. */
#define BOTTOM_MAX_MM 2.0

/* The text of a memory: this version and so many numbers behind it. */
#define TEXT_VERSION "1"
#define TEXT_N_FIELDS 8
#define TEXT_MAX_BYTES 256

/* How far a print is, in every measure. −1 is unknown. */
typedef struct
{
  int percent;
  int estimate_percent;
  gint64 elapsed_s;
  double height_mm;
  gint64 layer;
} Position;

void
herald_progress_memory_init (HeraldProgressMemory *self)
{
  *self = (HeraldProgressMemory) { .height_mm = -1, .told_elapsed_s = -1, .seen_height_mm = -1 };
}

static gint64
check_whole (gint64 number,
             gint64 maximum)
{
  return number >= 0 && number <= maximum ? number : -1;
}

static double
check_height (double height_mm)
{
  return height_mm >= 0 && height_mm <= HEIGHT_MAX_MM ? height_mm : -1;
}

static int
get_percent (double progress)
{
  if (!(progress >= 0))
    return -1;

  return progress < 100 ? (int) progress : 100;
}

/* Of the whole print. OctoPrint's estimate of what remains learns from the print itself, the one
 * made before it began does not. */
static gint64
get_total_s (HeraldPrinterState *state)
{
  gint64 elapsed_s = check_whole (state->elapsed_s, ELAPSED_MAX_S);
  gint64 remaining_s = check_whole (state->remaining_s, ELAPSED_MAX_S);

  if (elapsed_s >= 0 && remaining_s >= 0)
    return elapsed_s + remaining_s;

  return check_whole (state->estimated_s, ELAPSED_MAX_S);
}

static Position
locate (HeraldPrinterState *state)
{
  Position here = {
    .percent = get_percent (state->progress),
    .estimate_percent = -1,
    .elapsed_s = check_whole (state->elapsed_s, ELAPSED_MAX_S),
    .height_mm = check_height (state->height_mm),
    .layer = check_whole (state->layer, LAYER_MAX),
  };
  gint64 total_s = get_total_s (state);

  if (here.elapsed_s >= 0 && here.elapsed_s < total_s)
    here.estimate_percent = (int) (here.elapsed_s * 100 / total_s);

  return here;
}

static void
remember (HeraldProgressMemory *self,
          const Position       *here)
{
  self->percent = MAX (self->percent, here->percent);
  self->estimate_percent = MAX (self->estimate_percent, here->estimate_percent);
  self->elapsed_s = MAX (self->elapsed_s, here->elapsed_s);
  self->height_mm = MAX (self->height_mm, here->height_mm);
  self->layer = MAX (self->layer, here->layer);
  if (here->elapsed_s >= 0)
    self->told_elapsed_s = here->elapsed_s;
}

/**
 * herald_progress_memory_skip:
 *
 * We come to a print that is already under way: its marks so far are old news, and the time
 * without a message begins now. Below 1 percent there were none, so nothing is skipped.
 */
void
herald_progress_memory_skip (HeraldProgressMemory *self,
                             HeraldPrinterState   *state)
{
  Position here = locate (state);

  if (here.percent != 0)
    remember (self, &here);
}

/**
 * herald_progress_memory_to_text:
 *
 * Returns: (transfer full): the memory as one short line, the same in every locale
 */
char *
herald_progress_memory_to_text (const HeraldProgressMemory *self)
{
  char height[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (height, sizeof height, self->height_mm);

  return g_strdup_printf (TEXT_VERSION " %d %d %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          self->percent, self->estimate_percent, self->elapsed_s, height,
                          self->layer, self->told_elapsed_s, self->told_ms);
}

static gboolean
read_whole (const char *text,
            gint64      minimum,
            gint64      maximum,
            gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, minimum, maximum, number, NULL);
}

static gboolean
read_height (const char *text,
             double     *height_mm)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || (number != -1 && check_height (number) < 0))
    return FALSE;

  *height_mm = number;
  return TRUE;
}

/**
 * herald_progress_memory_from_text:
 * @text: (nullable): what herald_progress_memory_to_text() made, perhaps long ago; any text
 *
 * Returns: whether @text was a memory; if not, @self stays as it was
 */
gboolean
herald_progress_memory_from_text (HeraldProgressMemory *self,
                                  const char           *text)
{
  HeraldProgressMemory read = { .seen_height_mm = -1 };
  g_autofree char *line = NULL;
  g_auto(GStrv) fields = NULL;
  gint64 percent;
  gint64 estimate_percent;

  if (text == NULL || strlen (text) > TEXT_MAX_BYTES)
    return FALSE;

  line = g_strstrip (g_strdup (text));
  fields = g_strsplit (line, " ", TEXT_N_FIELDS + 1);
  if (g_strv_length (fields) != TEXT_N_FIELDS || !g_str_equal (fields[0], TEXT_VERSION) ||
      !read_whole (fields[1], 0, 100, &percent) ||
      !read_whole (fields[2], 0, 100, &estimate_percent) ||
      !read_whole (fields[3], 0, ELAPSED_MAX_S, &read.elapsed_s) ||
      !read_height (fields[4], &read.height_mm) ||
      !read_whole (fields[5], 0, LAYER_MAX, &read.layer) ||
      !read_whole (fields[6], -1, ELAPSED_MAX_S, &read.told_elapsed_s) ||
      !read_whole (fields[7], 0, G_MAXINT64, &read.told_ms))
    return FALSE;

  read.percent = (int) percent;
  read.estimate_percent = (int) estimate_percent;
  *self = read;

  return TRUE;
}

/* The nozzle hops on its way from place to place and stands high while it heats up, and states
 * catch it there. So heights count once the print has been at its bottom, and then the lower one
 * of two successive states. (Two that agree would be too much to ask: a vase rises all the time.)
 * A hop that is so long that two states see it brings a mark forward by its height; it cannot bring
 * one twice. */
static double
take_height (HeraldProgressMemory *memory,
             double                height_mm)
{
  double lower_mm = MIN (memory->seen_height_mm, height_mm);

  memory->seen_height_mm = height_mm;
  if (memory->height_mm < 0 && height_mm >= 0 && height_mm <= BOTTOM_MAX_MM)
    memory->height_mm = 0;

  return memory->height_mm >= 0 ? lower_mm : -1;
}

static gboolean
is_too_short (const HeraldProgressRule *self,
              HeraldPrinterState       *state,
              const Position           *here)
{
  return self->min_print_minutes > 0 &&
         MAX (get_total_s (state), here->elapsed_s) < (gint64) self->min_print_minutes * 60;
}

static gboolean
is_too_soon (const HeraldProgressRule *self,
             HeraldProgressMemory     *memory,
             gint64                    now_ms)
{
  /* A clock that was put back must not silence us until it is there again. */
  memory->told_ms = MIN (memory->told_ms, MAX (now_ms, 1));

  return memory->told_ms > 0 && now_ms - memory->told_ms < (gint64) self->spacing_s * 1000;
}

/* Whether a multiple of @step lies after @before, and not after @here. */
static gboolean
has_mark (double step,
          double before,
          double here)
{
  if (!(step >= STEP_MIN) || here < 0)
    return FALSE;

  return (gint64) (here / step + STEP_SLACK) > (gint64) (MAX (before, 0) / step + STEP_SLACK);
}

static gboolean
is_quiet (const HeraldProgressRule   *self,
          const HeraldProgressMemory *memory,
          gint64                      elapsed_s)
{
  return self->at_least_minutes > 0 && elapsed_s >= 0 &&
         elapsed_s - MAX (memory->told_elapsed_s, 0) >= (gint64) self->at_least_minutes * 60;
}

static const char *
find_reason (const HeraldProgressRule   *self,
             const HeraldProgressMemory *memory,
             const Position             *here)
{
  if (has_mark (self->step_percent, memory->percent, here->percent))
    return "percent";
  if (has_mark (self->minutes * 60.0, (double) memory->elapsed_s, (double) here->elapsed_s))
    return "time";
  if (has_mark (self->estimate_step_percent, memory->estimate_percent, here->estimate_percent))
    return "estimate";
  if (has_mark (self->height_mm, memory->height_mm, here->height_mm))
    return "height";
  if (has_mark (self->layers, (double) memory->layer, (double) here->layer))
    return "layer";

  return is_quiet (self, memory, here->elapsed_s) ? "quiet" : NULL;
}

/**
 * herald_progress_rule_cross:
 * @state: of a print that is running; to be given every state, in their order
 * @now_ms: our clock, milliseconds since 1970
 * @mark: (out): what to tell; set if there is something
 *
 * A mark is told when it has been passed, however far: a jump over several is one message, about
 * the last of them. A message settles the marks of all parts up to here, so that two parts do not
 * tell of one moment, and a print that falls back tells nothing twice. A mark that cannot be told
 * yet – too soon after the last one, or the print still seems too short – is not settled: when the
 * wait is over, the last one that was passed by then is told.
 *
 * Nothing is told below 1 and from 100 percent on. When the server does not say how far the print
 * is, percent cannot be crossed, but minutes, layers and the rest can.
 *
 * Returns: whether there is something to tell
 */
gboolean
herald_progress_rule_cross (const HeraldProgressRule *self,
                            HeraldProgressMemory     *memory,
                            HeraldPrinterState       *state,
                            gint64                    now_ms,
                            HeraldProgressMark       *mark)
{
  Position here = locate (state);
  const char *reason;

  here.height_mm = take_height (memory, here.height_mm);
  /* A server that starts counting anew does not owe us the time it has taken back. */
  if (here.elapsed_s >= 0)
    memory->told_elapsed_s = MIN (memory->told_elapsed_s, here.elapsed_s);

  if (here.percent == 0 || here.percent == 100 || is_too_short (self, state, &here) ||
      is_too_soon (self, memory, now_ms))
    return FALSE;

  reason = find_reason (self, memory, &here);
  if (reason == NULL)
    return FALSE;

  mark->reason = reason;
  mark->percent = MAX (here.percent, 0);
  if (g_str_equal (reason, "percent"))
    mark->percent -= here.percent % (int) self->step_percent;
  remember (memory, &here);
  memory->told_ms = MAX (now_ms, 1);

  return TRUE;
}
