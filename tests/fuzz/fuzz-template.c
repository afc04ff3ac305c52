/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-template"

#include "fuzz/fuzz.h"

#include <string.h>
#include <time.h>

#include "core/words/emoji.h"
#include "core/words/template.h"

/* A template and then values as `name=value`, parted by a byte that is in no text. What strangers say is cleaned
 * before it becomes a value; here it is not. */
#define SEPARATOR 0xff

/* Sanitizers make everything ten times as slow. */
#if defined(__SANITIZE_ADDRESS__)
#define SLOWER 10
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOWER 10
#endif
#endif
#ifndef SLOWER
#define SLOWER 1
#endif

#define LIMIT_NS (SLOWER * G_GINT64_CONSTANT (1000000))
/* The first time, memory and tables are cold. */
#define TRIES 10

static gint64
get_processor_ns (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);

  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static GPtrArray *
split_in_time (const char   *text,
               HeraldValues *values)
{
  GPtrArray *pieces = NULL;
  gint64 duration_ns = G_MAXINT64;

  for (guint i = 0; i < TRIES && duration_ns > LIMIT_NS; i++)
    {
      gint64 start_ns = get_processor_ns ();

      g_clear_pointer (&pieces, g_ptr_array_unref);
      pieces = herald_template_split (text, values);
      duration_ns = get_processor_ns () - start_ns;
    }
  g_assert_cmpint (duration_ns, <=, LIMIT_NS);

  return pieces;
}

/* A value comes out as it went in; only the last piece may have been cut. */
static void
check_value (const HeraldTemplatePiece *piece,
             HeraldValues              *values,
             gboolean                   is_last)
{
  const char *value = herald_values_get (values, piece->variable->name);
  g_autofree char *expected = NULL;

  g_assert_nonnull (value);
  if (piece->variable->nature == HERALD_VARIABLE_OWN)
    return;

  expected = g_utf8_make_valid (value, -1);
  if (is_last)
    g_assert_true (g_str_has_prefix (expected, piece->text));
  else
    g_assert_cmpstr (piece->text, ==, expected);
}

static void
check_pieces (GPtrArray    *pieces,
              HeraldValues *values)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);

      g_assert_cmpint (*piece->text, !=, '\0');
      g_assert_true (g_utf8_validate (piece->text, -1, NULL));
      if (piece->variable != NULL)
        check_value (piece, values, i == pieces->len - 1);
    }
}

static void
check_strip (const char *text)
{
  g_autofree char *plain = herald_emoji_strip (text);
  g_autofree char *again = herald_emoji_strip (plain);

  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_cmpuint (strlen (plain), <=, strlen (text));
  g_assert_cmpstr (plain, ==, again);
}

static void
check_problems (const char *text)
{
  g_auto(GStrv) problems = herald_template_check (text, HERALD_KIND_PRINT_DONE);

  for (char **problem = problems; *problem != NULL; problem++)
    g_assert_true (g_utf8_validate (*problem, -1, NULL));
}

static void
take_value (HeraldValues *values,
            const char   *part)
{
  const char *equals = strchr (part, '=');
  g_autofree char *name = NULL;

  if (equals == NULL)
    return;

  name = g_strndup (part, (gsize) (equals - part));
  herald_values_set (values, name, equals + 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = data + size;
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *joined = NULL;
  g_autoptr(GPtrArray) pieces = NULL;

  while (data <= end)
    {
      const guint8 *stop = data < end ? memchr (data, SEPARATOR, (gsize) (end - data)) : NULL;
      g_autofree char *part = g_strndup ((const char *) data, (gsize) ((stop != NULL ? stop : end) - data));

      if (text == NULL)
        text = g_steal_pointer (&part);
      else
        take_value (values, part);
      data = (stop != NULL ? stop : end) + 1;
    }

  pieces = split_in_time (text, values);
  check_pieces (pieces, values);
  joined = herald_template_join (pieces);
  g_assert_cmpuint (strlen (joined), <=, HERALD_TEMPLATE_MAX_BYTES);
  check_strip (joined);
  valid = g_utf8_make_valid (text, -1);
  check_problems (valid);

  return 0;
}
