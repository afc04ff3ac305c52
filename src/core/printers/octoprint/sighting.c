/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sighting"

#include "core/printers/octoprint/sighting.h"

#include <string.h>

#include "core/base/text.h"
#include "core/printers/octoprint/octoprint-url.h"

#define VERSION_MAX_CHARS 64
#define USER_MAX_CHARS 255

#define HTTP_PORT 80

/* What a proxy's prefix is made of; anything else is a joke. */
#define PATH_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"

/* How OctoPrint makes a name of what its owner calls it, or of its computer's name */
#define NAMED_PREFIX "OctoPrint instance \""
#define HOST_PREFIX "OctoPrint instance on "

#define MANUFACTURER "The OctoPrint Project"

/**
 * herald_sighting_strip_name:
 * @name: `OctoPrint instance "MK3"`, `OctoPrint instance on octopi` or anything else
 *
 * What follows the name, ` (2)` or `-2` of one that was taken, stays: it tells two apart.
 *
 * Returns: (transfer full): the name a person knows: `MK3`, `octopi`
 */
char *
herald_sighting_strip_name (const char *name)
{
  const char *inner;
  const char *end;

  if (g_str_has_prefix (name, HOST_PREFIX))
    return g_strstrip (g_strdup (name + strlen (HOST_PREFIX)));

  inner = name + strlen (NAMED_PREFIX);
  end = g_str_has_prefix (name, NAMED_PREFIX) ? strrchr (inner, '"') : NULL;
  if (end == NULL)
    return g_strdup (name);

  return g_strstrip (g_strdup_printf ("%.*s%s", (int) (end - inner), inner, end + 1));
}

static char *
make_url (const char *host,
          guint16     port,
          const char *path)
{
  g_autofree char *url = NULL;

  if (path == NULL || *path != '/' || strspn (path, PATH_CHARACTERS) != strlen (path))
    path = "/";
  url = g_uri_join (G_URI_FLAGS_NONE, "http", NULL, host, port == HTTP_PORT ? -1 : port, path, NULL,
                    NULL);

  return herald_octoprint_url_normalise (url, NULL);
}

/* The name of last resort is the computer's. */
static char *
make_name (const char *foreign,
           const char *host,
           const char *address)
{
  g_autofree char *name = herald_sighting_strip_name (foreign);

  if (*name != '\0')
    return g_steal_pointer (&name);

  return *host != '\0' ? g_strndup (host, strcspn (host, ".")) : g_strdup (address);
}

/**
 * herald_sighting_new_from_service:
 * @service: announced as OctoPrint's type of service
 *
 * Reads what OctoPrint's discovery plugin announces. The password of the proxy,
 * which may be among it, is left alone: who announces a password to everybody
 * may keep it.
 *
 * Returns: (transfer full) (nullable): %NULL if it has no address we could use
 */
HeraldSighting *
herald_sighting_new_from_service (const HeraldNetworkService *service)
{
  const char *user = herald_values_get (service->txt, "u");
  const char *path = herald_values_get (service->txt, "path");
  g_autoptr(HeraldSighting) self = g_new0 (HeraldSighting, 1);

  self->address_url = make_url (service->address, service->port, path);
  if (self->address_url == NULL)
    return NULL;

  if (*service->host != '\0')
    self->host_url = make_url (service->host, service->port, path);
  self->found_by = HERALD_FOUND_BY_MDNS;
  self->name = make_name (service->name, service->host, service->address);
  self->version =
    herald_text_clean (herald_values_get (service->txt, "version"), VERSION_MAX_CHARS);
  self->uuid = herald_server_description_dup_uuid (herald_values_get (service->txt, "uuid"));
  if (user != NULL && *user != '\0')
    self->user = herald_text_clean (user, USER_MAX_CHARS);

  return g_steal_pointer (&self);
}

/**
 * herald_sighting_new_from_description:
 * @url: normalised; where @description was fetched from, and so an address that answers
 *
 * The address in the description itself is the server's opinion about the one it
 * was asked at, and says nothing new.
 *
 * Returns: (transfer full) (nullable): %NULL if it is not OctoPrint
 */
HeraldSighting *
herald_sighting_new_from_description (const char                    *url,
                                      const HeraldServerDescription *description)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  HeraldSighting *self;

  if (uri == NULL || !g_str_equal (description->manufacturer, MANUFACTURER))
    return NULL;

  self = g_new0 (HeraldSighting, 1);
  self->found_by = HERALD_FOUND_BY_SSDP;
  self->name = make_name (description->name, "", g_uri_get_host (uri));
  self->version = g_strdup ("");
  self->uuid = g_strdup (description->uuid);
  self->address_url = g_strdup (url);

  return self;
}

void
herald_sighting_free (HeraldSighting *self)
{
  g_free (self->name);
  g_free (self->version);
  g_free (self->uuid);
  g_free (self->user);
  g_free (self->host_url);
  g_free (self->address_url);
  g_free (self);
}

/**
 * herald_sighting_read_location:
 * @location: where a device says its description is
 *
 * Returns: (transfer full) (nullable): the normalised address of the OctoPrint there; %NULL if the
 *   description is not where OctoPrint has it, so that nobody else is bothered
 */
char *
herald_sighting_read_location (const char *location)
{
  g_autofree char *base = NULL;

  if (!g_str_has_suffix (location, HERALD_SERVER_DESCRIPTION_PATH))
    return NULL;

  base = g_strndup (location, strlen (location) - strlen (HERALD_SERVER_DESCRIPTION_PATH));

  return herald_octoprint_url_normalise (base, NULL);
}
