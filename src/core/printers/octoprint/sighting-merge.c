/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sighting-merge"

#include "core/printers/octoprint/sighting-merge.h"

#include <string.h>

/* How well an address stands for a server; the best is shown. */
typedef enum
{
  STANDING_SOMEBODY_ELSE,
  STANDING_SILENT_NAME,
  STANDING_SILENT_ADDRESS,
  STANDING_ANSWERS,
  STANDING_PROVEN,
} Standing;

/* One server: all sightings of it, borrowed. */
typedef struct
{
  const char *uuid;
  GPtrArray *sightings;
} Server;

static void
server_free (gpointer data)
{
  Server *server = data;

  g_ptr_array_unref (server->sightings);
  g_free (server);
}

/* Which belong together */

static gboolean
is_same_place (const HeraldSighting *first,
               const HeraldSighting *second)
{
  if (g_str_equal (first->address_url, second->address_url))
    return TRUE;

  /* The name of a service is unique in the network (RFC 6763, 4.1.1); the host makes sure. */
  return first->host_url != NULL && g_strcmp0 (first->host_url, second->host_url) == 0 &&
         g_str_equal (first->name, second->name);
}

static gboolean
is_same_server (const Server         *server,
                const HeraldSighting *sighting)
{
  if (*sighting->uuid != '\0')
    return g_str_equal (server->uuid, sighting->uuid);

  for (guint i = 0; i < server->sightings->len; i++)
    {
      if (is_same_place (g_ptr_array_index (server->sightings, i), sighting))
        return TRUE;
    }

  return FALSE;
}

static void
add_to_servers (GPtrArray      *servers,
                HeraldSighting *sighting)
{
  Server *server;

  for (guint i = 0; i < servers->len; i++)
    {
      server = g_ptr_array_index (servers, i);
      if (is_same_server (server, sighting))
        {
          g_ptr_array_add (server->sightings, sighting);
          return;
        }
    }

  server = g_new0 (Server, 1);
  server->uuid = sighting->uuid;
  server->sightings = g_ptr_array_new ();
  g_ptr_array_add (server->sightings, sighting);
  g_ptr_array_add (servers, server);
}

static void
complete_uuid (HeraldSighting *sighting,
               GHashTable     *answers)
{
  const HeraldServerDescription *answer = g_hash_table_lookup (answers, sighting->address_url);

  if (*sighting->uuid != '\0' || answer == NULL)
    return;

  g_free (sighting->uuid);
  sighting->uuid = g_strdup (answer->uuid);
}

/* Those with a uuid first: the others find their place among them. */
static GPtrArray *
sort_out (GPtrArray  *sightings,
          GHashTable *answers)
{
  GPtrArray *servers = g_ptr_array_new_with_free_func (server_free);

  for (guint i = 0; i < sightings->len; i++)
    {
      HeraldSighting *sighting = g_ptr_array_index (sightings, i);

      complete_uuid (sighting, answers);
      if (*sighting->uuid != '\0')
        add_to_servers (servers, sighting);
    }
  for (guint i = 0; i < sightings->len; i++)
    {
      HeraldSighting *sighting = g_ptr_array_index (sightings, i);

      if (*sighting->uuid == '\0')
        add_to_servers (servers, sighting);
    }

  return servers;
}

/* Which address to show */

/* Two computers fresh from the same image are both called octopi.local, and do not know it. */
static gboolean
is_claimed_by_others (GPtrArray    *servers,
                      const Server *claimer,
                      const char   *host_url)
{
  for (guint i = 0; i < servers->len; i++)
    {
      const Server *server = g_ptr_array_index (servers, i);

      for (guint j = 0; server != claimer && j < server->sightings->len; j++)
        {
          const HeraldSighting *sighting = g_ptr_array_index (server->sightings, j);

          if (g_strcmp0 (sighting->host_url, host_url) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

static Standing
rate (GPtrArray    *servers,
      const Server *server,
      const char   *url,
      gboolean      by_name,
      GHashTable   *answers)
{
  gpointer value = NULL;
  gboolean answered = g_hash_table_lookup_extended (answers, url, NULL, &value);
  const HeraldServerDescription *answer = value;

  if (answer != NULL && *answer->uuid != '\0')
    return g_str_equal (answer->uuid, server->uuid) ? STANDING_PROVEN : STANDING_SOMEBODY_ELSE;
  if (by_name && is_claimed_by_others (servers, server, url))
    return STANDING_SOMEBODY_ELSE;
  if (answered)
    return STANDING_ANSWERS;

  return by_name ? STANDING_SILENT_NAME : STANDING_SILENT_ADDRESS;
}

static void
add_once (GPtrArray  *urls,
          const char *url)
{
  if (url != NULL && !g_ptr_array_find_with_equal_func (urls, url, g_str_equal, NULL))
    g_ptr_array_add (urls, (gpointer) url);
}

/* Names first, then addresses people can read out, then the others. */
static GPtrArray *
list_urls (const Server *server,
           guint        *n_names)
{
  GPtrArray *urls = g_ptr_array_new ();

  for (guint i = 0; i < server->sightings->len; i++)
    add_once (urls, ((HeraldSighting *) g_ptr_array_index (server->sightings, i))->host_url);
  *n_names = urls->len;

  for (guint long_ones = 0; long_ones < 2; long_ones++)
    {
      for (guint i = 0; i < server->sightings->len; i++)
        {
          const HeraldSighting *sighting = g_ptr_array_index (server->sightings, i);

          if ((strchr (sighting->address_url, '[') != NULL) == (long_ones == 1))
            add_once (urls, sighting->address_url);
        }
    }

  return urls;
}

static gboolean
is_proven (const Server         *server,
           const HeraldSighting *sighting,
           GHashTable           *answers)
{
  const HeraldServerDescription *answer = g_hash_table_lookup (answers, sighting->address_url);

  return answer != NULL && *answer->uuid != '\0' && g_str_equal (answer->uuid, server->uuid);
}

/* Fills in @content what points into the sightings, as far as it is not filled in. */
static void
describe (const Server       *server,
          GHashTable         *answers,
          gboolean            proven,
          HeraldFoundPrinter *content)
{
  for (guint i = 0; i < server->sightings->len; i++)
    {
      const HeraldSighting *sighting = g_ptr_array_index (server->sightings, i);

      if (is_proven (server, sighting, answers) != proven)
        continue;

      content->found_by |= sighting->found_by;
      if (content->name == NULL)
        content->name = sighting->name;
      if (content->version == NULL && *sighting->version != '\0')
        content->version = sighting->version;
      if (content->user == NULL)
        content->user = sighting->user;
    }
}

static HeraldFoundPrinter *
make_found (GPtrArray    *servers,
            const Server *server,
            GHashTable   *answers)
{
  HeraldFoundPrinter content = { 0 };
  guint n_names = 0;
  g_autoptr(GPtrArray) urls = list_urls (server, &n_names);
  g_autoptr(GPtrArray) own = g_ptr_array_new ();
  int best = -1;

  for (guint i = 0; i < urls->len; i++)
    {
      char *url = g_ptr_array_index (urls, i);
      Standing standing = rate (servers, server, url, i < n_names, answers);

      if (standing != STANDING_SOMEBODY_ELSE)
        g_ptr_array_add (own, url);
      if ((int) standing > best)
        {
          best = (int) standing;
          content.url = url;
        }
    }
  g_ptr_array_add (own, NULL);
  content.addresses = (char **) own->pdata;
  content.uuid = (char *) server->uuid;

  /* Anybody can announce somebody else's uuid. */
  describe (server, answers, TRUE, &content);
  describe (server, answers, FALSE, &content);

  return herald_found_printer_new (&content);
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const HeraldFoundPrinter *first = *(HeraldFoundPrinter *const *) a;
  const HeraldFoundPrinter *second = *(HeraldFoundPrinter *const *) b;
  int order = g_utf8_collate (first->name, second->name);

  return order != 0 ? order : g_strcmp0 (first->url, second->url);
}

/**
 * herald_sighting_merge:
 *
 * One server is one result, by whichever names and ways it was seen: by its
 * uuid, without one by its address. The address that is shown is a name rather
 * than a number, as long as nothing speaks against it.
 *
 * Returns: (transfer full) (element-type HeraldFoundPrinter): by name
 */
GPtrArray *
herald_sighting_merge (GPtrArray  *sightings,
                       GHashTable *answers)
{
  g_autoptr(GPtrArray) servers = sort_out (sightings, answers);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_found_printer_unref);

  for (guint i = 0; i < servers->len; i++)
    g_ptr_array_add (found, make_found (servers, g_ptr_array_index (servers, i), answers));
  g_ptr_array_sort (found, compare_found);

  return found;
}
