/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-text-facts"

#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "core/words/text-length.h"
#include "core/words/text-links.h"

/* Reads texts, each ended by a zero, and prints what we say of each as a line of JSON. */

static void
add_links (JsonBuilder *builder,
           const char  *text)
{
  g_autoptr(GArray) links = herald_text_links_find (text);

  json_builder_set_member_name (builder, "links");
  json_builder_begin_array (builder);
  for (guint i = 0; i < links->len; i++)
    {
      const HeraldTextLink *link = &g_array_index (links, HeraldTextLink, i);

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, (gint64) link->start);
      json_builder_add_int_value (builder, (gint64) (link->start + link->length));
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gsize        number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

/* What fits into half the length, in each unit */
static void
add_halves (JsonBuilder *builder,
            const char  *text)
{
  json_builder_set_member_name (builder, "halves");
  json_builder_begin_array (builder);
  for (guint unit = HERALD_UNIT_CHARACTERS; unit <= HERALD_UNIT_BYTES; unit++)
    {
      gsize max = herald_text_length_count (text, unit) / 2;
      g_autofree char *half = g_strndup (text, herald_text_length_fit (text, unit, max));

      json_builder_add_string_value (builder, half);
      g_assert_cmpuint (herald_text_length_count (half, unit), <=, max);
    }
  json_builder_end_array (builder);
}

static void
print_facts (const char *text)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *harmless = herald_text_links_make_harmless (text);
  g_autofree char *again = herald_text_links_make_harmless (harmless);
  g_autofree char *line = NULL;
  HeraldTextLength sms;

  g_assert_cmpstr (harmless, ==, again);
  herald_text_length_measure (text, HERALD_UNIT_SMS, &sms);
  json_builder_begin_object (builder);
  add_number (builder, "weighted", herald_text_length_count (text, HERALD_UNIT_WEIGHTED));
  add_number (builder, "characters", herald_text_length_count (text, HERALD_UNIT_CHARACTERS));
  add_number (builder, "sms", sms.count);
  add_number (builder, "segments", sms.segments);
  add_number (builder, "gsm", sms.is_gsm ? 1 : 0);
  add_links (builder, text);
  add_halves (builder, text);
  json_builder_set_member_name (builder, "harmless");
  json_builder_add_string_value (builder, harmless);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  puts (line);
}

int
main (void)
{
  g_autoptr(GString) input = g_string_new (NULL);
  char buffer[65536];
  size_t n;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (input, buffer, (gssize) n);
  for (gsize at = 0; at < input->len; at += strlen (input->str + at) + 1)
    print_facts (input->str + at);

  return 0;
}
