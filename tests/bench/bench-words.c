/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-words"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/words/template.h"
#include "core/words/wording.h"
#include "core/words/words.h"

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
word (const Sample *sample,
      const char   *form)
{
  g_autoptr(HeraldWords) words = herald_words_new (herald_text_form_find (form), "", sample->template_text,
                                                   sample->values);

  if (*words->text == '\0')
    g_error ("There is nothing to read in \"%s\"", sample->template_text);
}

static void
word_mail (const Sample *sample)
{
  word (sample, "email");
}

static void
word_post (const Sample *sample)
{
  word (sample, "x");
}

static void
word_sms (const Sample *sample)
{
  word (sample, "sms");
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

  return difference < 0 ? -1 : difference > 0;
}

static void
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
  measure ("  words of a mail", word_mail, samples, n_samples);
  measure ("  words of a post on X", word_post, samples, n_samples);
  measure ("  words of an SMS", word_sms, samples, n_samples);
  measure ("  search for mistakes", check, samples, n_samples);
}

int
main (void)
{
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

  return 0;
}
