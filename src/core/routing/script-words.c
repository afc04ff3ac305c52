/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-script-words"

#include "core/routing/script-words.h"

#include <json-glib/json-glib.h>

#define PROGRAM_FOLDERS "/usr/local/bin:/usr/bin:/bin"

/* What a script needs to reach the session; not what else we were started with, where a system
 * keeps the way to its secrets. */
static const char *const passed_on[] = { "LANG", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS" };

static void
add_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
make_values (HeraldValues *values)
{
  JsonObject *object = json_object_new ();
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) g_strcmp0);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_string_member (object, l->data, herald_values_get (values, l->data));

  return object;
}

static JsonArray *
make_channels (const char *const *ids)
{
  JsonArray *array = json_array_new ();

  for (; *ids != NULL; ids++)
    json_array_add_string_element (array, *ids);

  return array;
}

/**
 * herald_script_words_make_input:
 *
 * Returns: (transfer full): the JSON that docs/scripts.md describes, and a line end
 */
char *
herald_script_words_make_input (const HeraldScriptWords *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  add_text (object, "phase", self->phase);
  add_text (object, "event", self->event->dedupe);
  add_text (object, "kind", herald_event_kind_get_info (self->event->kind)->id);
  add_text (object, "printer", self->event->printer);
  add_text (object, "printer_name", self->printer_name);
  add_text (object, "title", self->title);
  add_text (object, "text", self->text);
  add_text (object, "job", self->event->job);
  json_object_set_object_member (object, "values", make_values (self->event->values));
  json_object_set_array_member (object, "channels", make_channels (self->channels));
  add_text (object, "picture", self->picture_path);
  json_node_set_object (node, object);
  json = json_to_string (node, FALSE);

  return g_strconcat (json, "\n", NULL);
}

/**
 * herald_script_words_make_environment:
 *
 * Returns: (transfer full) (array zero-terminated=1): `NAME=text`
 */
char **
herald_script_words_make_environment (const HeraldScriptWords *self)
{
  const struct
  {
    const char *name;
    const char *text;
  } words[] = {
    { "PATH", PROGRAM_FOLDERS },
    { "HOME", g_get_home_dir () },
    { "OCTOHERALD_PHASE", self->phase },
    { "OCTOHERALD_EVENT", self->event->dedupe },
    { "OCTOHERALD_KIND", herald_event_kind_get_info (self->event->kind)->id },
    { "OCTOHERALD_PRINTER", self->event->printer },
    { "OCTOHERALD_PRINTER_NAME", self->printer_name },
    { "OCTOHERALD_TITLE", self->title },
    { "OCTOHERALD_TEXT", self->text },
  };
  g_auto(GStrv) environment = g_new0 (char *, 1);

  for (guint i = 0; i < G_N_ELEMENTS (passed_on); i++)
    {
      const char *value = g_getenv (passed_on[i]);

      if (value != NULL)
        environment = g_environ_setenv (environment, passed_on[i], value, TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    environment = g_environ_setenv (environment, words[i].name, words[i].text != NULL ? words[i].text : "", TRUE);

  return g_steal_pointer (&environment);
}
