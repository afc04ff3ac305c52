/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-network-service"

#include "core/printers/discovery/network-service.h"

#include <string.h>

static GVariant *
make_txt (const char *const *entries,
          guint              n_entries)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < n_entries; i++)
    g_variant_builder_add_value (
        &builder,
        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, entries[i], strlen (entries[i]), 1));

  return g_variant_builder_end (&builder);
}

static HeraldNetworkService *
read_service (const char        *host,
              const char        *address,
              guint              port,
              guint              flags,
              const char *const *entries,
              guint              n_entries)
{
  g_autoptr(GVariant) reply = g_variant_ref_sink (
      g_variant_new ("(iissssisq@aayu)", 2, 0, "MK3\xe2\x80\xae", "_x._tcp", "local", host, 0,
                     address, port, make_txt (entries, n_entries), flags));

  return herald_network_service_read (reply);
}

static void
test_service_is_taken_only_with_an_address_to_go_to (void)
{
  static const struct
  {
    const char *host;
    const char *address;
    guint port;
    guint flags;
    const char *expected_host; /* NULL: refused */
  } rows[] = {
    { "octopi.local", "192.0.2.7", 5000, 0, "octopi.local" },
    { "OctoPi.Local.", "192.0.2.7", 5000, 0, "octopi.local" },
    { "octopi.local", "2001:db8::7", 5000, 0, "octopi.local" },
    { "octopi.local", "169.254.1.2", 5000, 0, "octopi.local" },
    { "desktop.local", "127.0.0.1", 5000, 8, "desktop.local" },
    /* the address will do */
    { "octopi.example.org", "192.0.2.7", 80, 0, "" },
    { "", "192.0.2.7", 80, 0, "" },
    { ".local", "192.0.2.7", 80, 0, "" },
    { "a..local", "192.0.2.7", 80, 0, "" },
    { "a@b.local", "192.0.2.7", 80, 0, "" },
    { "a/b.local", "192.0.2.7", 80, 0, "" },
    { "a\\nb.local", "192.0.2.7", 80, 0, "" },
    /* nowhere, or to ourselves */
    { "octopi.local", "127.0.0.1", 631, 0, NULL },
    { "octopi.local", "::1", 631, 0, NULL },
    { "octopi.local", "0.0.0.0", 5000, 0, NULL },
    { "octopi.local", "224.0.0.1", 5000, 0, NULL },
    { "octopi.local", "fe80::1", 5000, 0, NULL },
    { "octopi.local", "octopi.local", 5000, 0, NULL },
    { "octopi.local", "", 5000, 0, NULL },
    { "octopi.local", "192.0.2.7", 0, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldNetworkService) service =
        read_service (rows[i].host, rows[i].address, rows[i].port, rows[i].flags, NULL, 0);

      g_test_message ("row %u: %s %s", i, rows[i].host, rows[i].address);
      g_assert_cmpstr (service != NULL ? service->host : NULL, ==, rows[i].expected_host);
      if (service != NULL)
        g_assert_cmpstr (service->name, ==, "MK3");
    }
}

static void
test_txt_is_limited_and_the_first_entry_counts (void)
{
  const char *entries[100] = { "uuid=first", "UUID=second", "Path=/x",
                               "mark",       "=x",          "",
                               "a=b=c",      "bad key=1",   "bytes=\xff\x1b[2J\xe2\x80\xae!",
                               "empty=" };
  g_autofree char *value = g_strnfill (300, 'x');
  g_autofree char *large = g_strconcat ("large=", value, NULL);
  g_autofree char *long_key = g_strconcat (value + 200, "=1", NULL);
  g_autoptr(HeraldNetworkService) service = NULL;

  entries[10] = large;
  entries[11] = long_key;
  for (guint i = 12; i < 100; i++)
    entries[i] = "";
  entries[99] = "late=1";
  service = read_service ("octopi.local", "192.0.2.7", 5000, 0, entries, 100);

  g_assert_cmpstr (herald_values_get (service->txt, "uuid"), ==, "first");
  g_assert_cmpstr (herald_values_get (service->txt, "path"), ==, "/x");
  g_assert_cmpstr (herald_values_get (service->txt, "a"), ==, "b=c");
  g_assert_cmpstr (herald_values_get (service->txt, "empty"), ==, "");
  g_assert_cmpstr (herald_values_get (service->txt, "bytes"), ==, "\xef\xbf\xbd[2J!");
  g_assert_cmpuint (g_hash_table_size (service->txt), ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-service/address", test_service_is_taken_only_with_an_address_to_go_to);
  g_test_add_func ("/network-service/txt", test_txt_is_limited_and_the_first_entry_counts);

  return g_test_run ();
}
