/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-lengths"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/words/fit.h"
#include "core/words/text-length.h"
#include "core/words/text-links.h"

/* A message: its limit in the first byte, then pieces, parted by a byte that is in no text; the first letter of a
 * piece says whose words it is. */
#define SEPARATOR 0xff

static const HeraldVariable *
get_variable (guint8 letter)
{
  static const char *const names[] = { NULL, "file", "user", "progress", "text", NULL };
  const char *name = names[letter % G_N_ELEMENTS (names)];

  return name != NULL ? herald_variable_find (name) : NULL;
}

/* @bytes are not text yet: nothing that counts may break on them. */
static void
check_bytes (const char *bytes)
{
  HeraldTextLength length;

  for (guint unit = HERALD_UNIT_CHARACTERS; unit <= HERALD_UNIT_BYTES; unit++)
    herald_text_length_measure (bytes, unit, &length);
  g_assert_cmpuint (length.count, >=, strlen (bytes));
}

static void
check_links (const char *text)
{
  g_autoptr(GArray) links = herald_text_links_find (text);
  gsize end = 0;

  for (guint i = 0; i < links->len; i++)
    {
      const HeraldTextLink *link = &g_array_index (links, HeraldTextLink, i);

      g_assert_cmpuint (link->start, >=, end);
      g_assert_cmpuint (link->length, >, 0);
      end = link->start + link->length;
      g_assert_true (g_utf8_validate_len (text + link->start, link->length, NULL));
    }
  g_assert_cmpuint (end, <=, strlen (text));
}

static void
check_name (const char *name)
{
  g_autofree char *harmless = herald_text_links_make_harmless (name);
  g_autofree char *again = herald_text_links_make_harmless (harmless);
  g_autoptr(GArray) links = herald_text_links_find (harmless);

  g_assert_cmpstr (harmless, ==, again);
  g_assert_cmpuint (links->len, ==, 0);
}

static void
check_beginnings (const char *text,
                  gsize       max)
{
  for (guint unit = HERALD_UNIT_CHARACTERS; unit <= HERALD_UNIT_BYTES; unit++)
    {
      gsize length = herald_text_length_fit (text, unit, max);
      g_autofree char *beginning = g_strndup (text, length);

      g_assert_cmpuint (length, <=, strlen (text));
      g_assert_true (g_utf8_validate (beginning, -1, NULL));
      g_assert_cmpuint (herald_text_length_count (beginning, unit), <=, max);
    }
}

static void
check_forms (GPtrArray *pieces,
             gsize      max)
{
  guint n_forms = 0;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      g_autofree char *text = herald_fit (pieces, &forms[i], max, NULL);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (herald_text_length_count (text, forms[i].unit), <=, max);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_template_piece_free);
  const guint8 *end = data + size;
  gsize max = size > 0 ? *data++ : 0;

  while (data < end)
    {
      const guint8 *stop = memchr (data, SEPARATOR, (gsize) (end - data));
      const HeraldVariable *variable = get_variable (*data++);
      g_autofree char *bytes = NULL;
      g_autofree char *text = NULL;

      if (stop == NULL)
        stop = end;
      if (data > stop)
        continue;
      bytes = g_strndup ((const char *) data, (gsize) (stop - data));
      text = g_utf8_make_valid (bytes, -1);
      check_bytes (bytes);
      check_links (text);
      check_name (text);
      check_beginnings (text, max);
      if (*text != '\0')
        g_ptr_array_add (pieces, herald_template_piece_new_take (g_strdup (text), variable));
      data = stop + 1;
    }
  check_forms (pieces, max);

  return 0;
}
