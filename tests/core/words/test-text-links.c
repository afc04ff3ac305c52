/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-text-links"

#include "core/words/text-links.h"

#include <string.h>

/* What X’s own library finds in ten thousand texts is in tests/real/test-words.py. */

#define STOP "\u200b"

/* @expected: (nullable): the links, parted by a space */
static void
assert_links (const char *text,
              const char *expected)
{
  g_autoptr(GArray) links = herald_text_links_find (text);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      const HeraldTextLink *link = &g_array_index (links, HeraldTextLink, i);

      g_string_append_printf (found, "%s%.*s", i > 0 ? " " : "", (int) link->length, text + link->start);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_harmless (const char *name,
                 const char *expected)
{
  g_autofree char *harmless = herald_text_links_make_harmless (name);
  g_autofree char *again = herald_text_links_make_harmless (harmless);

  g_assert_cmpstr (harmless, ==, expected);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_links_need_no_scheme (void)
{
  assert_links ("", "");
  assert_links ("nothing here.", "");
  assert_links ("cube.st and part.py, not cube.stl", "cube.st part.py");
  assert_links ("v1.2.zip job.nc readme.md", "v1.2.zip job.nc readme.md");
  assert_links ("benchy.gcode f.bgcode model.3mf octopi.local 10.0.0.5 plate_1.mov", "");
  assert_links ("Example.COM/a?b=c, example.org:8080/d.", "Example.COM/a?b=c example.org:8080/d");
  assert_links ("@cube.st a@cube.st -cube.st", "");
}

static void
test_links_with_a_scheme_go_on (void)
{
  assert_links ("http://octopi.local/ http://10.0.0.5/", "");
  assert_links ("(https://example.com/a_(b)_c?d=e!)", "https://example.com/a_(b)_c?d=e");
  assert_links ("HTTPS://例え.jp/道", "HTTPS://例え.jp/");
  assert_links ("https://t.co/abc123/more", "https://t.co/abc123");
}

static void
test_links_end_among_other_scripts (void)
{
  assert_links ("日本語cube.st日本語", "cube.st");
  assert_links ("пример.рф xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai");
}

/* The name of a domain may be long, but not for DNS. */
static void
test_labels_have_a_length_dns_allows (void)
{
  g_autofree char *name = g_strnfill (63, 'x');
  g_autofree char *link = g_strconcat ("http://", name, ".de", NULL);
  g_autofree char *no_link = g_strconcat ("http://x", name, ".de", NULL);

  assert_links (link, link);
  assert_links (no_link, "");
}

/* 57 of them are 63 letters in DNS’s spelling, which begins with xn--. */
static void
test_labels_are_measured_as_dns_spells_them (void)
{
  g_autoptr(GString) link = g_string_new ("http://");

  for (guint i = 0; i < 57; i++)
    g_string_append (link, "日");
  g_string_append (link, ".de");
  assert_links (link->str, link->str);
  g_string_insert (link, strlen ("http://"), "日");
  assert_links (link->str, "");
}

static void
test_name_calls_nobody (void)
{
  assert_harmless ("for @anna", "for @" STOP "anna");
  assert_harmless ("＠anna", "＠" STOP "anna");
  assert_harmless ("#PLA #2", "#" STOP "PLA #" STOP "2");
  assert_harmless ("$ABC for 5 $", "$" STOP "ABC for 5 $" STOP);
  assert_harmless ("a @ b", "a @ b");
  assert_harmless ("#️⃣", "#️⃣");
}

static void
test_name_is_no_link (void)
{
  assert_harmless ("cube.st", "cube" STOP ".st");
  assert_harmless ("a.co.uk", "a" STOP ".co" STOP ".uk");
  assert_harmless ("http://octopi.local", "http" STOP "://octopi.local");
  assert_harmless ("https://evil.example.com/x", "https" STOP "://evil.example" STOP ".com/x");
  assert_harmless ("benchy.gcode", "benchy.gcode");
  /* A sign of Kelvin is a K to X; a mark of byte order goes, because X refuses it. */
  assert_harmless ("cube.u\u212a", "cube" STOP ".uK");
  assert_harmless ("cube.\ufeffst", "cube" STOP ".st");
}

static void
test_plain_name_stays_as_it_is (void)
{
  assert_harmless ("", "");
  assert_harmless ("Größe 日本語 🎉 v1.2", "Größe 日本語 🎉 v1.2");
}

/* A text without links is read once, however many could begin in it. */
static void
test_long_texts_take_no_time (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 start = 0;

  while (text->len < 300000)
    g_string_append (text, text->len % 2 == 0 ? "日" : "a.");
  start = g_get_monotonic_time ();
  assert_links (text->str, "");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-links/find/no-scheme", test_links_need_no_scheme);
  g_test_add_func ("/text-links/find/scheme", test_links_with_a_scheme_go_on);
  g_test_add_func ("/text-links/find/scripts", test_links_end_among_other_scripts);
  g_test_add_func ("/text-links/find/labels", test_labels_have_a_length_dns_allows);
  g_test_add_func ("/text-links/find/spelling", test_labels_are_measured_as_dns_spells_them);
  g_test_add_func ("/text-links/find/long", test_long_texts_take_no_time);
  g_test_add_func ("/text-links/harmless/names", test_name_calls_nobody);
  g_test_add_func ("/text-links/harmless/links", test_name_is_no_link);
  g_test_add_func ("/text-links/harmless/plain", test_plain_name_stays_as_it_is);

  return g_test_run ();
}
