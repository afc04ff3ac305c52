/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-sighting"

#include "core/printers/octoprint/sighting-merge.h"

#include <string.h>

#define DEVICE(content)                                                                            \
  "<?xml version=\"1.0\"?>\n<root xmlns=\"urn:schemas-upnp-org:device-1-0\">"                      \
  "<device>" content "</device></root>"
#define GOOD "<friendlyName>OctoPrint instance &quot;MK3 &lt;b&gt;&quot;</friendlyName>" \
             "<manufacturer>The OctoPrint Project</manufacturer><UDN>uuid:ABC-1</UDN>"

/* Names and addresses */

static void
test_name_is_what_a_person_calls_it (void)
{
  static const char *const rows[][2] = {
    { "OctoPrint instance \"MK3\"", "MK3" },
    { "OctoPrint instance \"MK3\" (2)", "MK3 (2)" },
    { "OctoPrint instance \"MK3\"-2", "MK3-2" },
    { "OctoPrint instance \"the \"big\" one\"", "the \"big\" one" },
    { "OctoPrint instance on octopi", "octopi" },
    { "OctoPrint instance \"\"", "" },
    { "OctoPrint instance \"", "OctoPrint instance \"" },
    { "OctoPrint instance", "OctoPrint instance" },
    { "My printer", "My printer" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = herald_sighting_strip_name (rows[i][0]);

      g_assert_cmpstr (name, ==, rows[i][1]);
    }
}

static void
test_only_octoprints_own_location_is_asked (void)
{
  static const char *const rows[][2] = {
    { "http://192.0.2.7:5000/plugin/discovery/discovery.xml", "http://192.0.2.7:5000" },
    { "http://192.0.2.7/octo/plugin/discovery/discovery.xml", "http://192.0.2.7/octo" },
    { "http://192.0.2.1:1900/rootDesc.xml", NULL },
    { "http://192.0.2.7:5000/plugin/discovery/discovery.xml?x", NULL },
    { "/plugin/discovery/discovery.xml", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = herald_sighting_read_location (rows[i][0]);

      g_assert_cmpstr (url, ==, rows[i][1]);
    }
}

static void
test_announcement_becomes_an_address (void)
{
  static const struct
  {
    const char *host;
    const char *address;
    guint16 port;
    const char *path;
    const char *host_url;
    const char *address_url;
  } rows[] = {
    { "octopi.local", "192.0.2.7", 5000, "/", "http://octopi.local:5000", "http://192.0.2.7:5000" },
    { "octopi.local", "192.0.2.7", 80, "/octo/", "http://octopi.local/octo",
      "http://192.0.2.7/octo" },
    { "", "2001:db8::7", 80, NULL, NULL, "http://[2001:db8::7]" },
    { "", "192.0.2.7", 443, "octo", NULL, "http://192.0.2.7:443" },
    { "", "192.0.2.7", 5000, "//evil.example/", NULL, "http://192.0.2.7:5000//evil.example" },
    { "", "192.0.2.7", 5000, "/?x=1", NULL, "http://192.0.2.7:5000" },
    { "", "192.0.2.7", 5000, "/a b", NULL, "http://192.0.2.7:5000" },
    { "", "192.0.2.7", 5000, "/%2e%2e", NULL, "http://192.0.2.7:5000" },
    { "", "192.0.2.7", 5000, "@evil.example/", NULL, "http://192.0.2.7:5000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldValues) txt = herald_values_new ();
      HeraldNetworkService service = { (char *) "OctoPrint instance \"\"", (char *) rows[i].host,
                                       (char *) rows[i].address, rows[i].port, txt };
      g_autoptr(HeraldSighting) sighting = NULL;

      if (rows[i].path != NULL)
        herald_values_set (txt, "path", rows[i].path);
      herald_values_set (txt, "u", "maker");
      herald_values_set (txt, "p", "secret");
      herald_values_set (txt, "uuid", "not a uuid");
      sighting = herald_sighting_new_from_service (&service);

      g_assert_cmpstr (sighting->host_url, ==, rows[i].host_url);
      g_assert_cmpstr (sighting->address_url, ==, rows[i].address_url);
      g_assert_cmpstr (sighting->user, ==, "maker");
      g_assert_cmpstr (sighting->uuid, ==, "");
      g_assert_cmpstr (sighting->name, ==, *rows[i].host != '\0' ? "octopi" : rows[i].address);
    }
}

/* Descriptions */

static void
test_description_is_read_or_refused (void)
{
  static const struct
  {
    const char *text;
    const char *name; /* NULL: refused */
    const char *uuid;
  } rows[] = {
    { DEVICE (GOOD), "OctoPrint instance \"MK3 <b>\"", "abc-1" },
    { DEVICE ("<UDN>uuid:1</UDN>"), "", "1" },
    { DEVICE ("<UDN> 1 </UDN><UDN>2</UDN>"), "", "1" },
    { DEVICE ("<UDN>../../etc</UDN>"), "", "" },
    { DEVICE ("<friendlyName>a\xe2\x80\xae\n<![CDATA[b]]></friendlyName><UDN/>"), "a b", "" },
    { DEVICE ("<deviceList><device><UDN>1</UDN></device></deviceList>"), NULL, NULL },
    { DEVICE ("<serviceList><UDN>1</UDN></serviceList>"), NULL, NULL },
    { DEVICE ("<UDN>1"), NULL, NULL },
    { DEVICE ("<UDN>1</UDN><friendlyName>\xff</friendlyName>"), NULL, NULL },
    { DEVICE ("<UDN>&lol;</UDN>"), NULL, NULL },
    { "<!DOCTYPE x [<!ENTITY a \"b\">]>" DEVICE ("<UDN>&a;</UDN>"), NULL, NULL },
    { "<root><other><UDN>1</UDN></other></root>", NULL, NULL },
    { "<html><body>404</body></html>", NULL, NULL },
    { "{}", NULL, NULL },
    { "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_memdup2 (rows[i].text, strlen (rows[i].text));
      HeraldServerDescription *description =
        herald_server_description_parse (text, strlen (rows[i].text));

      g_test_message ("row %u", i);
      g_assert_cmpstr (description != NULL ? description->name : NULL, ==, rows[i].name);
      if (description != NULL)
        g_assert_cmpstr (description->uuid, ==, rows[i].uuid);
      g_clear_pointer (&description, herald_server_description_free);
    }
}

static void
test_description_has_limits (void)
{
  g_autofree char *filler = g_strnfill (HERALD_SERVER_DESCRIPTION_MAX_BYTES, ' ');
  g_autofree char *large = g_strconcat (DEVICE (GOOD), filler, NULL);
  g_autoptr(GString) deep = g_string_new (NULL);

  g_assert_null (herald_server_description_parse (large, strlen (large)));
  for (guint i = 0; i < 20000; i++)
    g_string_append (deep, "<a>");
  g_assert_null (herald_server_description_parse (deep->str, deep->len));
}

static void
test_other_makers_are_not_octoprint (void)
{
  static const char octoprint[] = DEVICE (GOOD);
  static const char router[] =
    DEVICE ("<manufacturer>The OctoPrint Project!</manufacturer><UDN>1</UDN>");
  g_autoptr(HeraldServerDescription) first =
    herald_server_description_parse (octoprint, strlen (octoprint));
  g_autoptr(HeraldServerDescription) second =
    herald_server_description_parse (router, strlen (router));
  g_autoptr(HeraldSighting) sighting =
    herald_sighting_new_from_description ("http://192.0.2.7", first);

  g_assert_cmpstr (sighting->name, ==, "MK3 <b>");
  g_assert_cmpstr (sighting->uuid, ==, "abc-1");
  g_assert_null (herald_sighting_new_from_description ("http://192.0.2.7", second));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/octoprint-sighting/name", test_name_is_what_a_person_calls_it);
  g_test_add_func ("/octoprint-sighting/location", test_only_octoprints_own_location_is_asked);
  g_test_add_func ("/octoprint-sighting/announcement", test_announcement_becomes_an_address);
  g_test_add_func ("/octoprint-sighting/description", test_description_is_read_or_refused);
  g_test_add_func ("/octoprint-sighting/description-limits", test_description_has_limits);
  g_test_add_func ("/octoprint-sighting/other-makers", test_other_makers_are_not_octoprint);

  return g_test_run ();
}
