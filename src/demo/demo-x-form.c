/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-form"

#include "demo/demo-x-rest.h"

#include <string.h>

#include "core/base/json-reader.h"

#define FIELD_MAX_BYTES 1000

/* One part of a multipart body; FALSE, and answered, if X would not take it */
static gboolean
read_part (HeraldDemoXRequest *request,
           SoupMessageHeaders *headers,
           GBytes             *body,
           const char *const  *names,
           GHashTable         *fields,
           GBytes            **media)
{
  g_autofree char *disposition = NULL;
  g_autoptr(GHashTable) parameters = NULL;
  const char *name = NULL;
  gboolean known = soup_message_headers_get_content_disposition (headers, &disposition, &parameters) &&
                   g_strcmp0 (disposition, "form-data") == 0;

  name = known ? g_hash_table_lookup (parameters, "name") : NULL;
  if (name == NULL || !g_strv_contains (names, name) || g_hash_table_contains (fields, name))
    {
      herald_demo_x_answer_invalid (request, name != NULL ? name : "body",
                                    "is not one of the fields allowed, or there twice");
      return FALSE;
    }
  if (g_str_equal (name, "media"))
    {
      *media = g_bytes_ref (body);
      g_hash_table_insert (fields, g_strdup (name), g_strdup (""));
      return TRUE;
    }
  if (g_bytes_get_size (body) > FIELD_MAX_BYTES)
    {
      herald_demo_x_answer_invalid (request, name, "is too long");
      return FALSE;
    }
  g_hash_table_insert (fields, g_strdup (name), g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)));

  return TRUE;
}

static GBytes *
read_multipart (HeraldDemoXRequest *request,
                const char *const  *names,
                GHashTable         *fields)
{
  g_autoptr(SoupMultipart) multipart =
      soup_multipart_new_from_message (soup_server_message_get_request_headers (request->message), request->bytes);
  g_autoptr(GBytes) media = NULL;

  if (multipart == NULL)
    {
      herald_demo_x_answer_invalid (request, "body", "cannot be taken apart");
      return NULL;
    }
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *headers = NULL;
      GBytes *body = NULL;

      soup_multipart_get_part (multipart, i, &headers, &body);
      if (!read_part (request, headers, body, names, fields, &media))
        return NULL;
    }
  if (media == NULL)
    herald_demo_x_answer_invalid (request, "media", "is required");

  return g_steal_pointer (&media);
}

static GBytes *
read_json (HeraldDemoXRequest *request,
           const char *const  *names,
           GHashTable         *fields)
{
  const char *encoded = NULL;
  guchar *decoded = NULL;
  gsize size = 0;

  if (!herald_demo_x_check_names (request, request->json, names))
    return NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = NULL;
      gint64 number = 0;

      if (herald_json_get_string (request->json, names[i], &value))
        g_hash_table_insert (fields, g_strdup (names[i]), g_strdup (value));
      else if (herald_json_get_int (request->json, names[i], &number))
        g_hash_table_insert (fields, g_strdup (names[i]), g_strdup_printf ("%" G_GINT64_FORMAT, number));
    }
  encoded = g_hash_table_lookup (fields, "media");
  decoded = encoded != NULL ? g_base64_decode (encoded, &size) : NULL;
  if (size == 0)
    {
      g_free (decoded);
      herald_demo_x_answer_invalid (request, "media", "is required, in Base64");
      return NULL;
    }

  return g_bytes_new_take (decoded, size);
}

/**
 * herald_demo_x_read_form:
 * @names: of the fields allowed, `media` among them
 * @fields: of strings; takes up the others
 *
 * Reads what X takes in either form: multipart, or JSON with the bytes in Base64.
 *
 * Returns: (transfer full) (nullable): what is in the field `media`; %NULL if it has answered
 */
GBytes *
herald_demo_x_read_form (HeraldDemoXRequest *request,
                         const char *const  *names,
                         GHashTable         *fields)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (g_strcmp0 (type, "multipart/form-data") == 0)
    return read_multipart (request, names, fields);
  if (request->json != NULL)
    return read_json (request, names, fields);

  herald_demo_x_answer_invalid (request, "body", "is neither multipart/form-data nor a JSON object");

  return NULL;
}
