/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-nearest-name"

#include "core/words/nearest-name.h"

#include <string.h>

/* More slips of a finger make another word; in a short one, already two do. */
#define DISTANCE_MAX 2
#define SHORT_BYTES 5

/* One more than any distance that counts */
#define FAR (DISTANCE_MAX + 1)

/**
 * herald_nearest_name_init:
 * @typed: what somebody typed
 * @length: its bytes
 *
 * Begins a search; whether letters are small or capital makes no difference.
 */
void
herald_nearest_name_init (HeraldNearestName *self,
                          const char        *typed,
                          gsize              length)
{
  memset (self, 0, sizeof *self);
  self->distance = FAR;
  if (length > HERALD_NEAREST_NAME_MAX)
    return;

  for (gsize i = 0; i < length; i++)
    self->wanted[i] = g_ascii_tolower (typed[i]);
}

/* Letters that are missing, too many, wrong, or that changed places with their neighbour (Damerau and Levenshtein, restricted
 * to one change of places each). What is far after some letters comes no nearer. */
static guint
measure_distance (const char *one,
                  gsize       one_length,
                  const char *other,
                  gsize       other_length)
{
  guint rows[3][HERALD_NEAREST_NAME_MAX + 1];

  for (gsize j = 0; j <= other_length; j++)
    rows[0][j] = (guint) j;

  for (gsize i = 1; i <= one_length; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *above_that = rows[(i + 1) % 3];
      guint least = (guint) i;

      row[0] = least;
      for (gsize j = 1; j <= other_length; j++)
        {
          row[j] = MIN (above[j - 1] + (one[i - 1] != other[j - 1]), MIN (above[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
            row[j] = MIN (row[j], above_that[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      if (least > DISTANCE_MAX)
        return FAR;
    }

  return rows[one_length % 3][other_length];
}

/**
 * herald_nearest_name_try:
 * @name: a name there is, in small letters; must outlive @self
 *
 * Takes @name if it is near, and nearer than what was tried before.
 */
void
herald_nearest_name_try (HeraldNearestName *self,
                         const char        *name)
{
  gsize wanted_length = strlen (self->wanted);
  gsize length = strlen (name);
  guint max = wanted_length < SHORT_BYTES ? DISTANCE_MAX - 1 : DISTANCE_MAX;
  guint distance;

  if (wanted_length < 2 || length > HERALD_NEAREST_NAME_MAX || MAX (wanted_length, length) - MIN (wanted_length, length) > max)
    return;

  distance = measure_distance (self->wanted, wanted_length, name, length);
  /* Of a word of two letters, none is left. */
  if (distance > max || (wanted_length == 2 && distance > 0) || distance >= self->distance)
    return;

  self->distance = distance;
  self->found = name;
}
