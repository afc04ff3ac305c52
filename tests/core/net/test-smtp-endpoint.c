/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-smtp-endpoint"

#include "core/net/smtp-endpoint.h"

#include "core/base/error.h"

static void
test_host_is_made_fit_for_the_network (void)
{
  static const struct
  {
    const char *host;
    const char *expected;
  } rows[] = {
    { "smtp.example.org", "smtp.example.org" },
    { "b\303\274cher.example", "xn--bcher-kva.example" },
    { "192.0.2.1", "192.0.2.1" },
    { "2001:db8::1", "2001:db8::1" },
    { "[2001:db8::1]", "2001:db8::1" },
    { "", NULL },
    { NULL, NULL },
    { "smtp example.org", NULL },
    { "https://example.org", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSocketConnectable) server = herald_smtp_endpoint_new_server (rows[i].host, 465, &error);

      if (rows[i].expected == NULL)
        {
          g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (g_network_address_get_hostname (G_NETWORK_ADDRESS (server)), ==, rows[i].expected);
      g_assert_cmpuint (g_network_address_get_port (G_NETWORK_ADDRESS (server)), ==, 465);
    }
}

/* RFC 5321 4.1.3, 4.1.4 */
static void
test_name_in_the_greeting_is_complete (void)
{
  static const struct
  {
    const char *name;
    const char *address;
    const char *expected;
  } rows[] = {
    { "box.example.org", "192.0.2.1", "box.example.org" },
    { "b\303\274cher.example", "192.0.2.1", "xn--bcher-kva.example" },
    { "box", "192.0.2.1", "[192.0.2.1]" },
    { "box", "2001:db8::1", "[IPv6:2001:db8::1]" },
    { "box", NULL, "[127.0.0.1]" },
    { "localhost.localdomain", "192.0.2.1", "[192.0.2.1]" },
    { "my_box.example.org", "192.0.2.1", "[192.0.2.1]" },
    { "box\r\n.example.org", "192.0.2.1", "[192.0.2.1]" },
    { "box.", "192.0.2.1", "[192.0.2.1]" },
    { "box..org", "192.0.2.1", "[192.0.2.1]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GInetAddress) address = rows[i].address != NULL ? g_inet_address_new_from_string (rows[i].address) : NULL;
      g_autofree char *name = herald_smtp_endpoint_dup_own_name (rows[i].name, address);

      g_assert_cmpstr (name, ==, rows[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/smtp-endpoint/host", test_host_is_made_fit_for_the_network);
  g_test_add_func ("/smtp-endpoint/own-name", test_name_in_the_greeting_is_complete);

  return g_test_run ();
}
