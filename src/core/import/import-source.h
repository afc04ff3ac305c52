/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/import/import-plan.h"

G_BEGIN_DECLS

/* The largest file there is: OctoPrint’s, which has the settings of all its plugins */
#define HERALD_IMPORT_MAX_BYTES (4 * 1024 * 1024)

/**
 * HeraldImportSource:
 * @id: as on the command line
 * @name: what people call the program
 * @where: where its settings are; untranslated
 * @plugin: (nullable): by which name OctoPrint keeps the settings, whatever its case
 * @read_plugin: (nullable): of what OctoPrint keeps
 * @read_document: (nullable): of a file of its own; whether it is one
 * @read_values: (nullable): of an INI file of its own, whose values have the names of their sections; whether it is one
 *
 * A program whose settings can be brought along. The readers add to a plan and never fail: what makes no sense is told.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *where;
  const char *plugin;
  void (*read_plugin) (HeraldImportPlan *plan,
                       JsonObject       *settings);
  gboolean (*read_document) (HeraldImportPlan *plan,
                             JsonNode         *document);
  gboolean (*read_values) (HeraldImportPlan *plan,
                           HeraldValues     *values);
} HeraldImportSource;

const HeraldImportSource *herald_import_source_get_all (guint             *n_sources);
const HeraldImportSource *herald_import_source_find    (const char        *id);

/**
 * HeraldImportFile:
 * @document: (nullable): of YAML or JSON
 * @values: (nullable): of an INI file
 *
 * A file that could be read, whatever it says.
 */
typedef struct
{
  JsonNode *document;
  HeraldValues *values;
} HeraldImportFile;

/* Takes some tens of milliseconds for the largest files, and may be called in any thread. NULL with HERALD_ERROR_SETTINGS */
HeraldImportFile         *herald_import_file_parse     (const char                *content,
                                                        gsize                      length,
                                                        GError                   **error);
HeraldImportPlan         *herald_import_file_read      (HeraldImportFile          *self,
                                                        const HeraldImportSource  *source,
                                                        GError                   **error);
void                      herald_import_file_free      (HeraldImportFile          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldImportFile, herald_import_file_free)

/* Both. @source: (nullable): %NULL for whatever is in there. The result is (transfer full); NULL with HERALD_ERROR_SETTINGS */
HeraldImportPlan         *herald_import_read           (const HeraldImportSource  *source,
                                                        const char                *content,
                                                        gsize                      length,
                                                        GError                   **error);
/* The same of what a running OctoPrint tells of its settings */
HeraldImportPlan         *herald_import_read_octoprint (const HeraldImportSource  *source,
                                                        JsonObject                *settings,
                                                        GError                   **error);

/* from-….c */
void     herald_from_octotweet_read         (HeraldImportPlan *plan,
                                             JsonObject       *settings);
void     herald_from_octotext_read          (HeraldImportPlan *plan,
                                             JsonObject       *settings);
void     herald_from_octorant_read          (HeraldImportPlan *plan,
                                             JsonObject       *settings);
gboolean herald_from_octotray_read          (HeraldImportPlan *plan,
                                             HeraldValues     *values);
gboolean herald_from_octoprint_desktop_read (HeraldImportPlan *plan,
                                             JsonNode         *document);

/* Whether it can be a key of OctoPrint’s: an older one, or one of an application */
gboolean herald_import_is_key               (const char       *text);

G_END_DECLS
