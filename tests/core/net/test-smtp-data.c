/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-data"

#include "core/net/smtp-data.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-address.h"

static void
assert_wire (const char *message,
             const char *wire,
             gsize       size_bytes)
{
  HeraldSmtpData data;

  herald_smtp_data_init (&data, message, strlen (message));
  g_assert_cmpmem (g_bytes_get_data (data.wire, NULL), g_bytes_get_size (data.wire),
                   wire, strlen (wire));
  g_assert_cmpuint (data.size_bytes, ==, size_bytes);
  herald_smtp_data_clear (&data);
}

static void
test_no_bare_line_end_and_no_lone_dot_leaves (void)
{
  assert_wire ("a: b\n\nx\n.\ny\n", "a: b\r\n\r\nx\r\n..\r\ny", 17);
  assert_wire ("x\r.\ry", "x\r\n..\r\ny", 9);
  assert_wire ("x\r\n.\r\n", "x\r\n..", 6);
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
  g_test_add_func ("/smtp-data/addresses", test_addresses_cannot_smuggle_commands);

  return g_test_run ();
}
