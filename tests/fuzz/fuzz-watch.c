/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-watch"

#include "fuzz/fuzz.h"

#include "fuzz/watch-ledger.h"

/* A life of a printer in bytes: an operation, then what it needs. What is missing at the end is 0.
 * Times go by in whole seconds, or not at all: two things may well happen in one millisecond. */
typedef enum
{
  OP_SIGNAL,
  OP_STATE,
  OP_WAIT,
  OP_CLOCK_BACK,
  OP_GAP,
  OP_RESTART,
  OP_OPTIONS,
  OP_BASE,
  N_OPS,
} Op;

#define START_MS G_GINT64_CONSTANT (1795228393000)
#define OPS_MAX 128
#define N_FILES 3
#define N_MARKS_MAX 4

/* When the clock was put back, and after a restart, it goes on in another part of a second: no moment
 * comes a second time, which nobody could tell from the first. */
#define CLOCK_BACKS_MAX 3
#define RESTARTS_MAX 29
#define RESTART_MS 10
#define CLOCK_BACK_MS (7 * 3600 * 1000 - 300)

typedef struct
{
  const guint8 *data;
  const guint8 *end;
  WatchLedger ledger;
  HeraldPrintCount expected[N_FILES];
  guint n_clock_backs;
  guint n_restarts;
  guint n_movies;
} Life;

static guint
take_byte (Life *life)
{
  return life->data < life->end ? *life->data++ : 0;
}

static char *
make_path (guint file)
{
  return file < N_FILES ? g_strdup_printf ("f%u.gcode", file) : NULL;
}

/* −1, 0 and 1 a day; more often something between. */
static gint64
take_seconds (Life *life)
{
  guint byte = take_byte (life);

  return byte == 255 ? -1 : byte > 250 ? (gint64) (byte - 250) * 20 * 3600 : (gint64) byte * (byte & 7);
}

static void
take_signal (Life *life)
{
  static const char *const reasons[] = { NULL, NULL, "cancelled", "error" };
  HeraldPrinterSignal signal = (HeraldPrinterSignal) (take_byte (life) % (HERALD_SIGNAL_LAYER + 1));
  guint detail = take_byte (life);
  g_autofree char *path = make_path (detail & 3);
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "path", path);
  herald_values_set (values, "name", path);
  herald_values_set (values, "origin", detail & 4 ? "local" : "sdcard");
  herald_values_set (values, "user", detail & 8 ? "anna" : NULL);
  herald_values_set (values, "reason", reasons[detail >> 4 & 3]);
  if (detail & 64)
    herald_values_set_printf (values, "time", "%u", detail);
  /* No two films have one name. */
  if (detail & 128)
    herald_values_set_printf (values, "movie_basename", "film %u", life->n_movies++);
  watch_ledger_say (&life->ledger, signal, values);
}

static HeraldPrinterState *
take_state (Life *life)
{
  HeraldPrinterState *state = herald_printer_state_new ();
  guint detail;
  guint progress;

  state->id = (HeraldStateId) (take_byte (life) % (HERALD_STATE_UNKNOWN + 1));
  detail = take_byte (life);
  g_free (state->text);
  state->text = g_strdup (herald_state_id_to_string (state->id));
  state->path = make_path (detail & 3);
  state->name = g_strdup (state->path);
  state->origin = g_strdup (detail & 4 ? "local" : "sdcard");
  state->error = g_strdup (detail & 8 ? "Thermal runaway" : NULL);
  progress = take_byte (life);
  state->progress = progress > 200 ? -1 : progress / 2.0;
  state->elapsed_s = take_seconds (life);
  if (detail & 16)
    state->remaining_s = take_seconds (life);
  if (detail & 32)
    state->estimated_s = take_seconds (life);
  state->height_mm = detail & 64 ? take_byte (life) / 4.0 - 1 : -1;
  if (state->height_mm < 0)
    state->height_mm = -1;
  state->layer = detail & 128 ? (gint64) take_byte (life) - 1 : -1;
  state->received_ms = life->ledger.now_ms;
  herald_printer_state_add_heater (state, "bed", detail & 8 ? 20 : 80, 60);
  herald_printer_state_add_heater (state, "tool0", detail & 4 ? 30 : 210, 60);

  return state;
}

static void
show_state (Life *life)
{
  g_autoptr(HeraldPrinterState) state = take_state (life);

  watch_ledger_show (&life->ledger, state);
}

static void
put_clock_back (Life *life)
{
  if (life->n_clock_backs++ < CLOCK_BACKS_MAX)
    watch_ledger_put_clock_back (&life->ledger, CLOCK_BACK_MS);
}

/* Not long ago, in 1970, in a while, or unknown */
static gint64
take_moment (Life *life)
{
  gint64 ago_ms = take_seconds (life) * 1000;
  guint manner = ago_ms >= 0 ? take_byte (life) & 7 : 0;

  if (manner == 0)
    return MAX (ago_ms, 0);

  return life->ledger.now_ms + (manner == 1 ? ago_ms : -ago_ms);
}

/* What the server counts may be anything; as a rule it is a bit more than before. */
static void
take_count (Life             *life,
            HeraldPrintCount *count)
{
  guint change = take_byte (life);

  count->known = TRUE;
  count->n_done = change & 128 ? take_byte (life) * 4000 : count->n_done + (change & 3);
  count->n_failed = change & 64 ? take_byte (life) : count->n_failed + (change >> 2 & 3);
  count->date_s = change & 32 ? take_byte (life) : count->date_s;
  count->last_done = (change & 16) != 0;
  count->last_ms = take_moment (life);
  count->last_duration_s = take_seconds (life);
}

static void
close_gap (Life   *life,
           gint64  from_ms)
{
  g_autoptr(HeraldPrinterState) state = take_state (life);
  g_autoptr(HeraldGap) gap = herald_gap_new (state, from_ms, life->ledger.now_ms);
  guint detail = take_byte (life);

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = make_path (i);
      HeraldFileRecord *file;

      if (!(detail >> i & 1))
        continue;
      file = herald_gap_add_file (gap, path, path);
      file->before = life->expected[i];
      file->after = life->expected[i];
      take_count (life, &file->after);
      life->expected[i] = file->after;
      gap->counted = TRUE;
    }
  for (guint i = 0; i < (detail >> 3) % (N_MARKS_MAX + 1); i++)
    {
      HeraldMark mark = { take_byte (life) & 1 ? HERALD_MARK_DONE : HERALD_MARK_CANCELLED, take_moment (life) };

      g_array_append_val (gap->marks, mark);
    }
  gap->error = g_strdup (detail & 128 ? "Thermal runaway" : NULL);
  watch_ledger_close_gap (&life->ledger, gap);
}

static void
go_through_gap (Life *life)
{
  guint length = take_byte (life);
  gint64 from_ms = length == 255 ? 0 : life->ledger.now_ms;

  herald_printer_watch_open_gap (life->ledger.watch);
  life->ledger.now_ms += (gint64) length * 30 * 1000;
  close_gap (life, from_ms);
}

static void
restart (Life *life)
{
  guint length = take_byte (life);
  gint64 from_ms = life->ledger.now_ms;

  if (life->n_restarts++ >= RESTARTS_MAX)
    return;

  life->ledger.now_ms += (gint64) (length + 1) * 1000 + RESTART_MS;
  watch_ledger_restart (&life->ledger);
  close_gap (life, length == 255 ? 0 : from_ms);
}

static void
take_options (Life *life)
{
  guint what = take_byte (life);
  HeraldWatchOptions options = { 0 };

  options.progress.step_percent = what & 1 ? take_byte (life) % 101 : 0;
  options.progress.minutes = what & 2 ? take_byte (life) : 0;
  options.progress.height_mm = what & 4 ? take_byte (life) / 10.0 : 0;
  options.progress.layers = what & 8 ? take_byte (life) : 0;
  options.progress.at_least_minutes = what & 16 ? take_byte (life) : 0;
  options.progress.estimate_step_percent = what & 16 ? take_byte (life) % 101 : 0;
  options.progress.spacing_s = what & 32 ? take_byte (life) : 0;
  options.attention_told = (what & 64) != 0;
  options.attention_lock_s = what & 64 ? take_byte (life) : 0;
  options.attention_remind_minutes = what & 64 ? take_byte (life) % 60 : 0;
  options.transfer_step_percent = what & 128 ? 10 : 0;
  options.cooled_bed = what & 128 ? 50 : 0;
  options.cooled_tool = what & 128 ? 60 : 0;
  herald_printer_watch_set_options (life->ledger.watch, &options);
}

/* The server has told how often the file was printed before. */
static void
take_base (Life *life)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (life->ledger.watch);
  guint file = take_byte (life) % N_FILES;
  g_autofree char *path = make_path (file);

  if (job == NULL || job->base.known || !herald_print_job_is_counted (job) ||
      g_strcmp0 (herald_print_job_get_path (job), path) != 0)
    return;

  take_count (life, &life->expected[file]);
  job->base = life->expected[file];
}

/* Prints that begin in one millisecond are told apart by the next ones, but not by those after a restart. */
static void
catch_up (Life *life)
{
  HeraldPrintJob *job = herald_printer_watch_get_job (life->ledger.watch);

  if (job != NULL && herald_print_job_get_key_ms (job) == life->ledger.now_ms + RESTART_MS - 1)
    life->ledger.now_ms += 1000;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static void (*const ops[N_OPS]) (Life *) = {
    [OP_SIGNAL] = take_signal, [OP_STATE] = show_state, [OP_WAIT] = NULL, [OP_CLOCK_BACK] = put_clock_back,
    [OP_GAP] = go_through_gap, [OP_RESTART] = restart, [OP_OPTIONS] = take_options, [OP_BASE] = take_base,
  };
  Life life = { .data = data, .end = data + size };

  watch_ledger_init (&life.ledger, START_MS);
  for (guint i = 0; i < OPS_MAX && life.data < life.end; i++)
    {
      guint op = take_byte (&life) % N_OPS;

      if (op == OP_WAIT)
        watch_ledger_wait (&life.ledger, MAX (take_seconds (&life), 0) * 1000);
      else
        ops[op] (&life);
      catch_up (&life);
    }
  watch_ledger_clear (&life.ledger);

  return 0;
}
