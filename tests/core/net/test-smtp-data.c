/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-data"

#include "core/net/smtp-data.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-address.h"

/* What all portions of a message are together, after another use of the same data. */
static GBytes *
read_all (HeraldSmtpData *data)
{
  g_autoptr(GByteArray) wire = g_byte_array_new ();
  GBytes *portion;

  while ((portion = herald_smtp_data_next (data)) != NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (portion), >, 0);
      g_byte_array_append (wire, g_bytes_get_data (portion, NULL), (guint) g_bytes_get_size (portion));
      g_bytes_unref (portion);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&wire));
}

static void
assert_wire_of (const char *message,
                gsize       length,
                const char *wire,
                gsize       wire_length,
                gsize       size_bytes)
{
  g_autoptr(GBytes) bytes = g_bytes_new (message, length);
  HeraldSmtpData data;

  herald_smtp_data_init (&data, bytes);
  while (!herald_smtp_data_measure (&data))
    ;
  g_assert_cmpuint (data.size_bytes, ==, size_bytes);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GBytes) all = NULL;

      /* Sent again, and once as a long one is: without having been kept when it was measured */
      if (i == 2)
        {
          herald_smtp_data_clear (&data);
          herald_smtp_data_init (&data, bytes);
        }
      herald_smtp_data_rewind (&data);
      all = read_all (&data);
      g_assert_cmpmem (g_bytes_get_data (all, NULL), g_bytes_get_size (all), wire, wire_length);
    }
  herald_smtp_data_clear (&data);
}

static void
assert_wire (const char *message,
             const char *wire,
             gsize       size_bytes)
{
  assert_wire_of (message, strlen (message), wire, strlen (wire), size_bytes);
}

static void
test_no_bare_line_end_and_no_lone_dot_leaves (void)
{
  assert_wire ("a: b\n\nx\n.\ny\n", "a: b\r\n\r\nx\r\n..\r\ny", 17);
  assert_wire ("x\r.\ry", "x\r\n..\r\ny", 9);
  assert_wire ("x\r\n.\r\n", "x\r\n..", 6);
  assert_wire ("x\n\n\n", "x\r\n\r\n", 7);
  assert_wire ("x\n\r\n", "x\r\n", 5);
  assert_wire ("", "", 2);
  assert_wire ("\n", "", 2);
  assert_wire (".", "..", 3);
  assert_wire_of ("x\n\0.\0y", 6, "x\r\n..y", 6, 7);
  assert_wire ("a\tb\x0b\x0c\x0e, and a word\n.\tz", "a\tb\x0b\x0c\x0e, and a word\r\n..\tz", 25);
}

/* Whatever stands at the border of two portions comes out as if there were none. */
static void
test_portions_do_not_show (void)
{
  static const char *const pieces[] = { "\r\n", "\n", "\r", ".", "\r\n.\r\n", "x", "..", "\n.\n" };
  const gsize borders[] = { 64 * 1024, 128 * 1024, 256 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (borders) * G_N_ELEMENTS (pieces); i++)
    {
      const char *piece = pieces[i % G_N_ELEMENTS (pieces)];

      for (gsize before = 0; before <= strlen (piece) + 1; before++)
        {
          g_autoptr(GString) near = g_string_new (NULL);
          g_autoptr(GString) wire = g_string_new (NULL);
          g_autofree char *filler = g_strnfill (borders[i / G_N_ELEMENTS (pieces)] - before, 'a');
          g_autoptr(GBytes) small = NULL;
          g_autoptr(GBytes) expected = NULL;
          HeraldSmtpData data;

          /* The same without the filler is one portion. */
          g_string_printf (near, "a%sz", piece);
          small = g_bytes_new (near->str, near->len);
          herald_smtp_data_init (&data, small);
          expected = read_all (&data);
          herald_smtp_data_clear (&data);

          g_string_append (wire, filler);
          g_string_append_len (wire, g_bytes_get_data (expected, NULL), (gssize) g_bytes_get_size (expected));
          g_string_prepend (near, filler);
          herald_smtp_data_init (&data, small);
          while (!herald_smtp_data_measure (&data))
            ;
          assert_wire_of (near->str, near->len, wire->str, wire->len, data.size_bytes + strlen (filler));
          herald_smtp_data_clear (&data);
        }
    }
}

static void
test_bytes_beyond_ascii_are_seen (void)
{
  static const char *const messages[] = { "a: b\n\nx\n", "a: b\n\n\303\274\n", "a: \303\274\n\nx", "12345\303\274\n" };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr(GBytes) message = g_bytes_new_static (messages[i], strlen (messages[i]));
      HeraldSmtpData data;

      herald_smtp_data_init (&data, message);
      g_assert_true (herald_smtp_data_measure (&data));
      g_assert_cmpint (data.eight_bit, ==, i > 0);
      herald_smtp_data_clear (&data);
    }
}

static void
test_addresses_cannot_smuggle_commands (void)
{
  const char *bad[] = { "a@x.org>\r\nRCPT TO:<b@x.org", "a b@x.org", "a@x org", "@x.org", "a@",
                        "a\x01@x.org", "a@x.org\n", "<a@x.org>", "a", "\"a\"@x.org", "a@[evil]" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (herald_smtp_address_normalize (bad[i], &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-data/line-ends", test_no_bare_line_end_and_no_lone_dot_leaves);
  g_test_add_func ("/smtp-data/portions", test_portions_do_not_show);
  g_test_add_func ("/smtp-data/eight-bit", test_bytes_beyond_ascii_are_seen);
  g_test_add_func ("/smtp-data/addresses", test_addresses_cannot_smuggle_commands);

  return g_test_run ();
}
