/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-punycode"

#include "core/words/punycode.h"

#include <string.h>

/* A label of DNS has 63 characters, and no code point takes less than one; what is longer need not be known exactly. */
#define LABEL_MAX_UNITS (2 * 63)
#define TOO_LONG 1000

/* RFC 3492, section 5 */
#define BASE 36
#define T_MIN 1
#define T_MAX 26
#define SKEW 38
#define DAMP 700
#define INITIAL_BIAS 72
#define INITIAL_N 0x80

/* RFC 3492, section 6.1 */
static guint
adapt_bias (guint    delta,
            guint    n_points,
            gboolean is_first)
{
  guint k = 0;

  delta = is_first ? delta / DAMP : delta / 2;
  delta += delta / n_points;
  for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
    delta /= BASE - T_MIN;

  return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

/* Digits of @delta as a generalized variable-length integer (section 3.3) */
static guint
count_digits (guint delta,
              guint bias)
{
  guint n_digits = 1;

  for (guint k = BASE;; k += BASE)
    {
      guint t = k <= bias ? T_MIN : MIN (k - bias, T_MAX);

      if (delta < t)
        return n_digits;
      delta = (delta - t) / (BASE - t);
      n_digits++;
    }
}

/* How many digits @points take (section 6.3) */
static gsize
count_all_digits (const gunichar *points,
                  guint           n_points,
                  guint           n_basic)
{
  gsize n_digits = 0;
  guint n_handled = n_basic;
  guint delta = 0;
  guint bias = INITIAL_BIAS;
  gunichar current = INITIAL_N;

  while (n_handled < n_points)
    {
      gunichar next = G_MAXUINT32;

      for (guint i = 0; i < n_points; i++)
        {
          if (points[i] >= current)
            next = MIN (next, points[i]);
        }
      delta += (next - current) * (n_handled + 1);
      current = next;
      for (guint i = 0; i < n_points; i++)
        {
          if (points[i] < current)
            delta++;
          if (points[i] != current)
            continue;
          n_digits += count_digits (delta, bias);
          bias = adapt_bias (delta, n_handled + 1, n_handled == n_basic);
          delta = 0;
          n_handled++;
        }
      delta++;
      current++;
    }

  return n_digits;
}

/* A full stop of East Asia parts labels too (RFC 3490, section 3.1), but all of them are counted as one. */
static gboolean
is_full_stop (gunichar c)
{
  return c == 0x3002 || c == 0xff0e || c == 0xff61;
}

static gsize
measure_label (const gunichar *points,
               guint           n_points)
{
  guint n_basic = 0;

  for (guint i = 0; i < n_points; i++)
    n_basic += points[i] < 0x80 ? 1 : 0;
  if (n_basic == n_points)
    return n_points;

  return strlen ("xn--") + n_basic + (n_basic > 0 ? 1 : 0) + count_all_digits (points, n_points, n_basic);
}

gsize
herald_punycode_measure (const guint16 *units,
                         gsize          n_units)
{
  gunichar points[LABEL_MAX_UNITS];
  guint n_points = 0;
  gsize length = 0;

  if (n_units > LABEL_MAX_UNITS)
    return TOO_LONG;

  for (gsize i = 0; i < n_units; i++)
    {
      gunichar c = units[i];

      if (c >= 0xd800 && c <= 0xdbff && i + 1 < n_units && units[i + 1] >= 0xdc00 && units[i + 1] <= 0xdfff)
        c = 0x10000 + ((c - 0xd800) << 10) + (units[++i] - 0xdc00u);
      if (is_full_stop (c))
        {
          length += measure_label (points, n_points) + 1;
          n_points = 0;
          continue;
        }
      points[n_points++] = c;
    }

  return length + measure_label (points, n_points);
}
