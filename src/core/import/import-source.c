/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-import-source"

#include "core/import/import-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/import/ini-reader.h"
#include "core/import/yaml-reader.h"

/* OctoPrint's keys: 32 hexadecimal digits in older versions, 43 letters, digits, hyphens and underscores since 1.8.3 */
#define KEY_MIN_CHARS 16
#define KEY_MAX_CHARS 128

#define IN_OCTOPRINT N_("OctoPrint’s settings, config.yaml: on OctoPi in the folder /home/pi/.octoprint")

static const HeraldImportSource sources[] = {
  { "octotweet", "OctoTweet", IN_OCTOPRINT, "octotweet", herald_from_octotweet_read, NULL, NULL },
  { "octotext", "OctoText", IN_OCTOPRINT, "octotext", herald_from_octotext_read, NULL, NULL },
  { "octorant", "Octorant", IN_OCTOPRINT, "octorant", herald_from_octorant_read, NULL, NULL },
  { "octotray", "OctoTray", N_("OctoTray.conf in the folder .config/xythobuz of your home folder"), NULL, NULL, NULL,
    herald_from_octotray_read },
  { "octoprint-desktop", "OctoPrint-Desktop", N_("octoprint-desktop.json in your home folder"), NULL, NULL,
    herald_from_octoprint_desktop_read, NULL },
};

/**
 * herald_import_source_get_all:
 * @n_sources: (out): how many
 *
 * Returns: (transfer none) (array length=n_sources): the programs
 */
const HeraldImportSource *
herald_import_source_get_all (guint *n_sources)
{
  *n_sources = G_N_ELEMENTS (sources);

  return sources;
}

const HeraldImportSource *
herald_import_source_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (g_strcmp0 (sources[i].id, id) == 0)
        return &sources[i];
    }

  return NULL;
}

gboolean
herald_import_is_key (const char *text)
{
  gsize length = strlen (text);

  return length >= KEY_MIN_CHARS && length <= KEY_MAX_CHARS &&
         strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") == length;
}

/* OctoText has changed the case of its name. */
static JsonObject *
find_plugin (JsonObject *plugins,
             const char *name)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, plugins);
  while (json_object_iter_next (&iter, &member, &node))
    {
      if (g_ascii_strcasecmp (member, name) == 0 && JSON_NODE_HOLDS_OBJECT (node))
        return json_node_get_object (node);
    }

  return NULL;
}

static gboolean
fail_nothing (const HeraldImportSource  *source,
              GError                   **error)
{
  if (source != NULL)
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 /* Translators: the name of a program, like OctoTweet */
                 _("There are no settings of %s in it"), source->name);
  else
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("OctoHerald cannot take over what is in this file. It takes over OctoPrint’s config.yaml with "
                           "OctoTweet, OctoText or Octorant, and the settings of OctoTray and OctoPrint-Desktop"));

  return FALSE;
}

static gboolean
read_plugins (HeraldImportPlan          *plan,
              const HeraldImportSource  *source,
              JsonObject                *settings)
{
  JsonObject *plugins = herald_json_get_object (settings, "plugins");
  gboolean found = FALSE;

  for (guint i = 0; plugins != NULL && i < G_N_ELEMENTS (sources); i++)
    {
      JsonObject *own = sources[i].plugin != NULL ? find_plugin (plugins, sources[i].plugin) : NULL;

      if (own == NULL || (source != NULL && source != &sources[i]))
        continue;

      sources[i].read_plugin (plan, own);
      found = TRUE;
    }

  return found;
}

static gboolean
read_document (HeraldImportPlan          *plan,
               const HeraldImportSource  *source,
               JsonNode                  *document,
               GError                   **error)
{
  gboolean is_octoprint = JSON_NODE_HOLDS_OBJECT (document) &&
                          herald_json_get_object (json_node_get_object (document), "plugins") != NULL;

  if (is_octoprint && read_plugins (plan, source, json_node_get_object (document)))
    return TRUE;
  if (is_octoprint && source == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("These are settings of OctoPrint, but neither OctoTweet nor OctoText nor Octorant was ever set up "
                             "there"));
      return FALSE;
    }

  for (guint i = 0; !is_octoprint && i < G_N_ELEMENTS (sources); i++)
    {
      if (sources[i].read_document != NULL && (source == NULL || source == &sources[i]) &&
          sources[i].read_document (plan, document))
        return TRUE;
    }

  return fail_nothing (source, error);
}

static gboolean
read_values (HeraldImportPlan          *plan,
             const HeraldImportSource  *source,
             HeraldValues              *values,
             GError                   **error)
{
  if (herald_values_get (values, "octoherald/version") != NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("These are settings of OctoHerald itself. Choose “Import” for them, or “octoheraldctl config "
                             "import”"));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (sources[i].read_values != NULL && (source == NULL || source == &sources[i]) &&
          sources[i].read_values (plan, values))
        return TRUE;
    }

  return fail_nothing (source, error);
}

/* JSON is YAML, too, but for some of what people write by hand; whichever reader takes it. */
static JsonNode *
parse_document (const char  *content,
                gsize        length,
                GError     **error)
{
  g_autoptr(JsonNode) node = herald_json_parse (content, length, NULL);

  return node != NULL ? g_steal_pointer (&node) : herald_yaml_parse (content, length, error);
}

/* What an editor puts before a text */
static void
skip_mark (const char **content,
           gsize       *length)
{
  if (*length >= 3 && memcmp (*content, "\xef\xbb\xbf", 3) == 0)
    {
      *content += 3;
      *length -= 3;
    }
}

HeraldImportFile *
herald_import_file_parse (const char  *content,
                          gsize        length,
                          GError     **error)
{
  g_autoptr(HeraldImportFile) self = g_new0 (HeraldImportFile, 1);

  skip_mark (&content, &length);
  if (length == 0)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("This file is empty"));
      return NULL;
    }

  if (herald_ini_looks_right (content, length))
    self->values = herald_ini_parse (content, length, error);
  else
    self->document = parse_document (content, length, error);

  return self->values != NULL || self->document != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * herald_import_file_read:
 * @source: (nullable): only this program
 *
 * What kind of file it is shows in what it holds, not in its name. Nothing is changed by reading it.
 */
HeraldImportPlan *
herald_import_file_read (HeraldImportFile          *self,
                         const HeraldImportSource  *source,
                         GError                   **error)
{
  g_autoptr(HeraldImportPlan) plan = herald_import_plan_new ();
  gboolean done = self->values != NULL ? read_values (plan, source, self->values, error)
                                       : read_document (plan, source, self->document, error);

  return done ? g_steal_pointer (&plan) : NULL;
}

void
herald_import_file_free (HeraldImportFile *self)
{
  g_clear_pointer (&self->document, json_node_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_free (self);
}

HeraldImportPlan *
herald_import_read (const HeraldImportSource  *source,
                    const char                *content,
                    gsize                      length,
                    GError                   **error)
{
  g_autoptr(HeraldImportFile) file = herald_import_file_parse (content, length, error);

  return file != NULL ? herald_import_file_read (file, source, error) : NULL;
}

HeraldImportPlan *
herald_import_read_octoprint (const HeraldImportSource  *source,
                              JsonObject                *settings,
                              GError                   **error)
{
  g_autoptr(HeraldImportPlan) plan = herald_import_plan_new ();

  if (read_plugins (plan, source, settings))
    return g_steal_pointer (&plan);

  if (source != NULL)
    fail_nothing (source, error);
  else
    g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("OctoPrint shows no settings of OctoTweet, OctoText or Octorant: none of them is installed there, or "
                           "the owner of the key may not see them"));

  return NULL;
}
