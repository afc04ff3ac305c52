/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-sighting-merge"

#include "core/printers/octoprint/sighting-merge.h"

#define M HERALD_FOUND_BY_MDNS
#define S HERALD_FOUND_BY_SSDP

#define N_MOST 4

/* Addresses: by name, by number, and by a long number */
#define PI "http://octopi.local"
#define PI4 "http://192.0.2.7"
#define PI6 "http://[2001:db8::7]"
#define OTHER4 "http://192.0.2.8"

typedef struct
{
  const char *label;
  struct
  {
    HeraldFoundBy by;
    const char *name;
    const char *uuid;
    const char *host_url;
    const char *address_url;
  } seen[N_MOST];
  struct
  {
    const char *url;
    const char *uuid; /* NULL: answered, and told nothing */
  } answers[N_MOST];
  /* name, address, uuid, ways, all addresses */
  const char *expected[N_MOST];
} Row;

static const Row rows[] = {
  { "nothing", { { 0 } }, { { NULL } }, { NULL } },
  { "one server by all ways is one",
    { { M, "MK3", "a", PI, PI6 }, { M, "MK3", "a", PI, PI4 }, { S, "MK3", "a", NULL, PI4 } },
    { { PI, "a" }, { PI4, "a" }, { PI6, "a" } },
    { "MK3 " PI " a 3 " PI "," PI4 "," PI6 } },
  { "a name nobody here can look up is not shown",
    { { M, "MK3", "a", PI, PI4 } },
    { { PI4, "a" } },
    { "MK3 " PI4 " a 1 " PI "," PI4 } },
  { "an address that answers is better than one that does not",
    { { M, "MK3", "a", NULL, PI4 }, { M, "MK3", "a", NULL, PI6 } },
    { { PI6, "a" } },
    { "MK3 " PI6 " a 1 " PI4 "," PI6 } },
  { "when nobody answers, a short number is shown",
    { { M, "MK3", "a", PI, PI6 }, { M, "MK3", "a", PI, PI4 } },
    { { NULL } },
    { "MK3 " PI4 " a 1 " PI "," PI4 "," PI6 } },
  { "behind a proxy that wants a login a name is still a name",
    { { M, "MK3", "a", PI, PI4 } },
    { { PI, NULL }, { PI4, NULL } },
    { "MK3 " PI " a 1 " PI "," PI4 } },
  { "a name that leads to another server is not taken",
    { { M, "A", "a", PI, PI4 }, { M, "B", "b", PI, OTHER4 } },
    { { PI, "a" }, { PI4, "a" }, { OTHER4, "b" } },
    { "A " PI " a 1 " PI "," PI4, "B " OTHER4 " b 1 " OTHER4 } },
  { "a name two servers claim is nobody's if neither proves it",
    { { M, "A", "a", PI, PI4 }, { M, "B", "b", PI, OTHER4 } },
    { { PI, NULL }, { PI4, NULL }, { OTHER4, NULL } },
    { "A " PI4 " a 1 " PI4, "B " OTHER4 " b 1 " OTHER4 } },
  { "who only claims to be a server does not give it its name",
    { { M, "Impostor", "a", NULL, OTHER4 }, { M, "MK3", "a", NULL, PI4 } },
    { { PI4, "a" }, { OTHER4, NULL } },
    { "MK3 " PI4 " a 1 " OTHER4 "," PI4 } },
  { "without a uuid the address joins",
    { { M, "Old", "", NULL, PI4 }, { S, "Old", "", NULL, PI4 } },
    { { PI4, NULL } },
    { "Old " PI4 "  3 " PI4 } },
  { "a uuid that was not announced comes with the answer",
    { { M, "Old", "", PI, PI4 }, { S, "Old", "a", NULL, PI4 } },
    { { PI, "a" }, { PI4, "a" } },
    { "Old " PI " a 3 " PI "," PI4 } },
  { "without a uuid one service with two addresses is one",
    { { M, "Old", "", PI, PI4 }, { M, "Old", "", PI, PI6 } },
    { { NULL } },
    { "Old " PI4 "  1 " PI "," PI4 "," PI6 } },
  { "two on one computer are two",
    { { M, "A", "a", PI ":5000", PI4 ":5000" }, { M, "B", "b", PI ":5001", PI4 ":5001" } },
    { { PI ":5000", "a" }, { PI ":5001", "b" } },
    { "A " PI ":5000 a 1 " PI ":5000," PI4 ":5000",
      "B " PI ":5001 b 1 " PI ":5001," PI4 ":5001" } },
  { "two without a uuid and of one name are two",
    { { M, "octopi", "", NULL, PI4 }, { M, "octopi", "", NULL, OTHER4 } },
    { { NULL } },
    { "octopi " PI4 "  1 " PI4, "octopi " OTHER4 "  1 " OTHER4 } },
};

static GPtrArray *
make_sightings (const Row *row)
{
  GPtrArray *sightings = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_sighting_free);

  for (guint i = 0; i < N_MOST && row->seen[i].name != NULL; i++)
    {
      HeraldSighting *sighting = g_new0 (HeraldSighting, 1);

      sighting->found_by = row->seen[i].by;
      sighting->name = g_strdup (row->seen[i].name);
      sighting->version = g_strdup ("");
      sighting->uuid = g_strdup (row->seen[i].uuid);
      sighting->host_url = g_strdup (row->seen[i].host_url);
      sighting->address_url = g_strdup (row->seen[i].address_url);
      g_ptr_array_add (sightings, sighting);
    }

  return sightings;
}

static void
free_answer (gpointer data)
{
  if (data != NULL)
    herald_server_description_free (data);
}

static GHashTable *
make_answers (const Row *row)
{
  GHashTable *answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_answer);

  for (guint i = 0; i < N_MOST && row->answers[i].url != NULL; i++)
    {
      HeraldServerDescription *answer = NULL;

      if (row->answers[i].uuid != NULL)
        {
          answer = g_new0 (HeraldServerDescription, 1);
          answer->uuid = g_strdup (row->answers[i].uuid);
        }
      g_hash_table_insert (answers, (gpointer) row->answers[i].url, answer);
    }

  return answers;
}

static char *
describe (const HeraldFoundPrinter *found)
{
  g_autofree char *addresses = g_strjoinv (",", found->addresses);

  return g_strdup_printf ("%s %s %s %d %s", found->name, found->url, found->uuid,
                          (int) found->found_by, addresses);
}

static void
test_one_server_is_one_result (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr(GPtrArray) sightings = make_sightings (row);
  g_autoptr(GHashTable) answers = make_answers (row);
  g_autoptr(GPtrArray) found = herald_sighting_merge (sightings, answers);

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *description = describe (g_ptr_array_index (found, i));

      g_assert_cmpstr (description, ==, row->expected[i]);
    }
  g_assert_null (row->expected[found->len]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/octoprint-sighting-merge/%s", rows[i].label);

      g_test_add_data_func (path, &rows[i], test_one_server_is_one_result);
    }

  return g_test_run ();
}
