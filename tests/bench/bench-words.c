/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-words"

<<<<<<< HEAD
#include <locale.h>

#include "core/words/fit.h"
#include "core/words/text-length.h"

#define N_RUNS 9u
#define N_CALLS 2000u

/* A post as long as X takes: with names, an emoji, and dots that are no links */
#define POST                                                                                             \
  "MK4 in the workshop : Bücherstütze_v1.2_links_0.2mm_PETG.gcode is done 🎉 after 01:47:37 hours, with " \
  "4.2 m of filament – tool 215/215 °C, bed 60/60 °C. The next print can begin as soon as somebody has "  \
  "taken this one from the plate, please look at https://example.com/printers/mk4 "

typedef void (*Call) (const char *text);

static void
measure_characters (const char *text)
{
  herald_text_length_count (text, HERALD_UNIT_CHARACTERS);
}

static void
measure_weight (const char *text)
{
  herald_text_length_count (text, HERALD_UNIT_WEIGHTED);
}

static void
measure_sms (const char *text)
{
  herald_text_length_count (text, HERALD_UNIT_SMS);
}

static void
fit (const char *text,
     gsize       max)
{
  g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free);
  g_autofree char *fitted = NULL;

  g_ptr_array_add (pieces, herald_template_piece_new ("MK4", herald_variable_find ("printer")));
  g_ptr_array_add (pieces, herald_template_piece_new (" : ", NULL));
  g_ptr_array_add (pieces, herald_template_piece_new (text, herald_variable_find ("file")));
  g_ptr_array_add (pieces, herald_template_piece_new (" is done", NULL));
  fitted = herald_fit (pieces, herald_text_form_find ("x"), max);
}

static void
fit_easily (const char *text)
{
  fit (text, 400);
}

static void
fit_by_shortening (const char *text)
{
  fit (text, 140);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 difference = *(const gint64 *) a - *(const gint64 *) b;
=======
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/words/emoji.h"
#include "core/words/template.h"
#include "core/words/wording.h"

#define N_RUNS 9
#define RUN_MESSAGES 20000

typedef struct
{
  HeraldEventKind kind;
  const char *template_text;
  HeraldValues *values;
} Sample;

typedef void (*Work) (const Sample *sample);

static void
split (const Sample *sample)
{
  g_autoptr(GPtrArray) pieces = herald_template_split (sample->template_text, sample->values);

  if (pieces->len == 0)
    g_error ("There is nothing to read in \"%s\"", sample->template_text);
}

static void
word (const Sample *sample)
{
  g_autofree char *text = herald_wording_make_text (sample->template_text, sample->values);

  if (*text == '\0')
    g_error ("There is nothing to read in \"%s\"", sample->template_text);
}

static void
word_and_strip (const Sample *sample)
{
  g_autofree char *text = herald_wording_make_text (sample->template_text, sample->values);
  g_autofree char *plain = herald_emoji_strip (text);

  if (*plain == '\0')
    g_error ("There is nothing to read in \"%s\"", sample->template_text);
}

static void
check (const Sample *sample)
{
  g_auto(GStrv) problems = herald_template_check (sample->template_text, sample->kind);

  if (problems == NULL)
    g_error ("Nothing was checked");
}

/* Of this thread: what else the machine does takes none of it */
static double
get_processor_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e6 + (double) time.tv_nsec / 1e3;
}

static int
compare (gconstpointer one,
         gconstpointer other)
{
  double difference = *(const double *) one - *(const double *) other;
>>>>>>> main

  return difference < 0 ? -1 : difference > 0;
}

static void
<<<<<<< HEAD
bench (const char *name,
       Call        call,
       const char *text)
{
  gint64 times[N_RUNS];

  for (guint run = 0; run < N_RUNS; run++)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint i = 0; i < N_CALLS; i++)
        call (text);
      times[run] = g_get_monotonic_time () - start;
    }
  qsort (times, N_RUNS, sizeof times[0], compare_times);
  g_print ("%s: %.1f µs each (median of %u runs of %u)\n", name, (double) times[N_RUNS / 2] / N_CALLS, N_RUNS, N_CALLS);
=======
measure (const char *what,
         Work        work,
         Sample     *samples,
         guint       n_samples)
{
  double times_us[N_RUNS];

  for (guint run = 0; run < N_RUNS; run++)
    {
      double start_us = get_processor_us ();

      for (guint i = 0; i < RUN_MESSAGES; i++)
        work (&samples[i % n_samples]);
      times_us[run] = (get_processor_us () - start_us) / RUN_MESSAGES;
    }

  qsort (times_us, N_RUNS, sizeof *times_us, compare);
  printf ("%-28s %6.2f µs a message (median of %d runs of %d, %u texts; %.2f to %.2f)\n", what,
          times_us[N_RUNS / 2], N_RUNS, RUN_MESSAGES, n_samples, times_us[0], times_us[N_RUNS - 1]);
}

static void
measure_all (const char *what,
             Sample     *samples,
             guint       n_samples)
{
  printf ("%s\n", what);
  measure ("  template into pieces", split, samples, n_samples);
  measure ("  text as it is sent", word, samples, n_samples);
  measure ("  the same without emoji", word_and_strip, samples, n_samples);
  measure ("  search for mistakes", check, samples, n_samples);
>>>>>>> main
}

int
main (void)
{
<<<<<<< HEAD
  g_autofree char *ascii = g_strnfill (280, 'a');
  g_autofree char *decomposed = g_utf8_normalize (POST, -1, G_NORMALIZE_NFD);

  setlocale (LC_ALL, "");
  g_print ("a post of %" G_GSIZE_FORMAT " for X\n", herald_text_length_count (POST, HERALD_UNIT_WEIGHTED));
  bench ("weight of letters", measure_weight, ascii);
  bench ("weight of a post", measure_weight, POST);
  bench ("weight of a post in form D", measure_weight, decomposed);
  bench ("characters of a post", measure_characters, POST);
  bench ("SMS of a post", measure_sms, POST);
  bench ("fit, nothing to do", fit_easily, POST);
  bench ("fit, a name to shorten", fit_by_shortening, POST);
=======
  Sample defaults[HERALD_KIND_TEST];
  g_autoptr(HeraldValues) values = herald_wording_sample_values (HERALD_KIND_PRINT_PROGRESS);
  Sample own = {
    HERALD_KIND_PRINT_PROGRESS,
    ":printer: {printer} – {event}: {file} ({name}) is {progress} % done :tada:\n"
    ":timer: {spent_formatted} gone, {remaining_formatted} to go, ready at {eta|no known time}\n"
    ":thermometer: {temperatures|cold} :straight_ruler: {height} mm, layer {layer|?} of {layers|?}\n"
    "#3dprinting @{user} http://octopi.local:8080/ {away} at {clock}:00",
    values,
  };

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    defaults[i] = (Sample) { (HeraldEventKind) i, herald_event_kind_get_info ((HeraldEventKind) i)->text,
                             herald_wording_sample_values ((HeraldEventKind) i) };

  measure_all ("Default texts", defaults, G_N_ELEMENTS (defaults));
  measure_all ("A text of four lines, with 15 values, 5 emoji and a link", &own, 1);

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    g_hash_table_unref (defaults[i].values);
>>>>>>> main

  return 0;
}
