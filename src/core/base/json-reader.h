/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Larger than any frame OctoPrint sends: 30 minutes of temperatures of five heaters and 600 lines
 * of terminal are 0.6 MB. */
#define HERALD_JSON_MAX_BYTES (4 * 1024 * 1024)

/* json-glib takes up to 250 bytes for each. A list of 2,700 files with all that OctoPrint tells of them
 * has some 110,000, and 4 MB. */
#define HERALD_JSON_MAX_VALUES 120000

/* json-glib 1.6 recurses and overflows the stack at some 70,000 levels; OctoPrint uses 8. */
#define HERALD_JSON_MAX_DEPTH 64

JsonNode   *herald_json_parse       (const char  *text,
                                     gsize        length,
                                     GError     **error);

gboolean    herald_json_get_string  (JsonObject  *object,
                                     const char  *name,
                                     const char **value);
/* (nullable) (transfer full): a text for people, cleaned and cut; NULL if there is none or nothing in it */
char       *herald_json_dup_text    (JsonObject  *object,
                                     const char  *name,
                                     gsize        max_chars);
gboolean    herald_json_get_double  (JsonObject  *object,
                                     const char  *name,
                                     double      *value);
gboolean    herald_json_get_int     (JsonObject  *object,
                                     const char  *name,
                                     gint64      *value);
gboolean    herald_json_get_boolean (JsonObject  *object,
                                     const char  *name);
JsonObject *herald_json_get_object  (JsonObject  *object,
                                     const char  *name);
JsonArray  *herald_json_get_array   (JsonObject  *object,
                                     const char  *name);

G_END_DECLS
