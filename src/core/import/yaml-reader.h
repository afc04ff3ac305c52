/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Settings of an OctoPrint with a hundred plugins take some 300 KB. */
#define HERALD_YAML_MAX_BYTES (4 * 1024 * 1024)

/* As for JSON (core/base/json-reader.h): what is deeper or has more values is no settings file. */
#define HERALD_YAML_MAX_DEPTH 64
#define HERALD_YAML_MAX_VALUES 120000

JsonNode *herald_yaml_parse (const char  *text,
                             gsize        length,
                             GError     **error);

G_END_DECLS
