/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-bench-lengths"

#include <locale.h>
#include <stdlib.h>
#include <time.h>

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

  g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup ("MK4"), herald_variable_find ("printer")));
  g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (" : "), NULL));
  g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (text), herald_variable_find ("file")));
  g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (" is done"), NULL));
  fitted = herald_fit (pieces, herald_text_form_find ("x"), max, NULL);
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
  clock_t difference = *(const clock_t *) a - *(const clock_t *) b;

  return difference < 0 ? -1 : difference > 0;
}

static void
bench (const char *name,
       Call        call,
       const char *text)
{
  clock_t times[N_RUNS];

  for (guint run = 0; run < N_RUNS; run++)
    {
      clock_t start = clock ();

      for (guint i = 0; i < N_CALLS; i++)
        call (text);
      times[run] = clock () - start;
    }
  qsort (times, N_RUNS, sizeof times[0], compare_times);
  g_print ("%s: %.1f µs of CPU each (median of %u runs of %u)\n", name, (double) times[N_RUNS / 2] * 1e6 / CLOCKS_PER_SEC / N_CALLS, N_RUNS, N_CALLS);
}

int
main (void)
{
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

  return 0;
}
