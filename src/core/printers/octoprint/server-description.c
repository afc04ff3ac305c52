/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-server-description"

#include "core/printers/octoprint/server-description.h"

#include <string.h>

#include "core/base/text.h"

#define TEXT_MAX_CHARS 255

/* Of a UUID it is 36; OctoPrint lets its owner set any other. */
#define UUID_MAX_BYTES 64

#define UUID_PREFIX "uuid:"

#define NAME_START "<friendlyName>"
#define NAME_END "</friendlyName>"

/* Root, device, and what it tells of itself. What a device nested in it tells is deeper. */
#define FIELD_DEPTH 3
#define MAX_DEPTH 16

typedef struct
{
  guint depth;
  gboolean in_device;
  char **field;
  GString *text;
  char *name;
  char *manufacturer;
  char *uuid;
} Reading;

static char **
find_field (Reading    *reading,
            const char *element)
{
  if (g_str_equal (element, "friendlyName"))
    return &reading->name;
  if (g_str_equal (element, "manufacturer"))
    return &reading->manufacturer;

  return g_str_equal (element, "UDN") ? &reading->uuid : NULL;
}

static void
on_start_element (GMarkupParseContext  *context,
                  const char           *element,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Reading *reading = user_data;

  if (++reading->depth > MAX_DEPTH)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, "too deep");
      return;
    }

  if (reading->depth == FIELD_DEPTH - 1)
    reading->in_device = g_str_equal (element, "device");
  reading->field = NULL;
  if (reading->depth == FIELD_DEPTH && reading->in_device)
    reading->field = find_field (reading, element);
  g_string_truncate (reading->text, 0);
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Reading *reading = user_data;

  if (reading->field != NULL)
    g_string_append_len (reading->text, text, (gssize) length);
}

static void
on_end_element (GMarkupParseContext  *context,
                const char           *element,
                gpointer              user_data,
                GError              **error)
{
  Reading *reading = user_data;

  if (reading->field != NULL && *reading->field == NULL)
    *reading->field = g_strdup (reading->text->str);
  reading->field = NULL;
  reading->depth--;
}

static HeraldServerDescription *
read_description (const char *text,
                  gsize       length)
{
  static const GMarkupParser parser = { .start_element = on_start_element,
                                        .end_element = on_end_element,
                                        .text = on_text };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GString) collected = g_string_new (NULL);
  Reading reading = { .text = collected };
  HeraldServerDescription *self = NULL;

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  if (g_markup_parse_context_parse (context, text, (gssize) length, NULL) &&
      g_markup_parse_context_end_parse (context, NULL) && reading.uuid != NULL)
    {
      self = g_new0 (HeraldServerDescription, 1);
      self->name = herald_text_clean (reading.name, TEXT_MAX_CHARS);
      self->manufacturer = herald_text_clean (reading.manufacturer, TEXT_MAX_CHARS);
      self->uuid = herald_server_description_dup_uuid (reading.uuid);
    }
  g_free (reading.name);
  g_free (reading.manufacturer);
  g_free (reading.uuid);

  return self;
}

/* OctoPrint 1.8 writes the name as its owner typed it: “Tom & Jerry” makes it no XML. */
static char *
escape_name (const char *text,
             gsize       length)
{
  const char *name = g_strstr_len (text, (gssize) length, NAME_START);
  const char *end = g_strrstr_len (text, (gssize) length, NAME_END);
  g_autofree char *escaped = NULL;

  if (name == NULL || end == NULL || end < name || memchr (text, '\0', length) != NULL)
    return NULL;

  name += strlen (NAME_START);
  escaped = g_markup_escape_text (name, end - name);

  return g_strdup_printf ("%.*s%s%.*s", (int) (name - text), text, escaped,
                          (int) (text + length - end), end);
}

/**
 * herald_server_description_parse:
 * @text: any bytes
 *
 * Reads a device description (UPnP Device Architecture 1.0, 2.1).
 *
 * Returns: (transfer full) (nullable): %NULL if it is none
 */
HeraldServerDescription *
herald_server_description_parse (const char *text,
                                 gsize       length)
{
  HeraldServerDescription *self;
  g_autofree char *repaired = NULL;

  if (length == 0 || length > HERALD_SERVER_DESCRIPTION_MAX_BYTES)
    return NULL;

  self = read_description (text, length);
  if (self == NULL)
    repaired = escape_name (text, length);
  if (repaired != NULL)
    self = read_description (repaired, strlen (repaired));

  return self;
}

void
herald_server_description_free (HeraldServerDescription *self)
{
  g_free (self->name);
  g_free (self->manufacturer);
  g_free (self->uuid);
  g_free (self);
}

/**
 * herald_server_description_dup_uuid:
 * @foreign: (nullable): what a server calls its uuid, with or without `uuid:` before it
 *
 * Returns: (transfer full): in lower case; empty if it cannot be one
 */
char *
herald_server_description_dup_uuid (const char *foreign)
{
  g_autofree char *uuid = g_ascii_strdown (foreign != NULL ? foreign : "", -1);

  g_strstrip (uuid);
  if (g_str_has_prefix (uuid, UUID_PREFIX))
    memmove (uuid, uuid + strlen (UUID_PREFIX), strlen (uuid) - strlen (UUID_PREFIX) + 1);
  if (strlen (uuid) > UUID_MAX_BYTES ||
      strspn (uuid, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (uuid))
    return g_strdup ("");

  return g_steal_pointer (&uuid);
}
