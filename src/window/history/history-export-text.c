/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-export-text"

#include "window/history/history-export.h"

#include <json-glib/json-glib.h>

/* The columns of the table; what a message does not have is empty. */
static const char *const columns[] = {
  "id",     "created", "finished", "state",   "kind",      "printer",   "channel", "destination", "title", "text",
  "reason", "note",    "attempts", "picture", "remote_id", "link",      "cost",
};

static char *
dup_value (GVariant   *row,
           const char *name)
{
  g_autoptr(GVariant) value = g_variant_lookup_value (row, name, NULL);

  if (value == NULL)
    return g_strdup ("");

  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL) : g_variant_print (value, FALSE);
}

/* A spreadsheet would reckon what begins like a formula, and what a printer or a server says may begin like one: OWASP, “CSV
 * injection”. */
static gboolean
looks_like_formula (const char *value)
{
  return *value != '\0' && strchr ("=+-@\t\r\n", *value) != NULL;
}

static void
add_field (GString    *text,
           const char *value)
{
  g_string_append_c (text, '"');
  if (looks_like_formula (value))
    g_string_append_c (text, '\'');
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
add_header (GString *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", columns[i]);
  g_string_append (text, "\r\n");
}

static void
add_csv_row (GString  *text,
             GVariant *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = dup_value (row, columns[i]);

      if (i > 0)
        g_string_append_c (text, ',');
      add_field (text, value);
    }
  g_string_append (text, "\r\n");
}

/**
 * herald_history_export_add_rows:
 * @is_first: whether they are the first of the file
 */
void
herald_history_export_add_rows (GString            *text,
                                HeraldExportFormat  format,
                                GVariant           *rows,
                                gboolean            is_first)
{
  if (is_first && format == HERALD_EXPORT_CSV)
    add_header (text);
  if (is_first && format == HERALD_EXPORT_JSON)
    g_string_append (text, "{\"messages\":[\n");

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);
      g_autofree char *json = NULL;

      if (format == HERALD_EXPORT_CSV)
        {
          add_csv_row (text, row);
          continue;
        }
      json = json_gvariant_serialize_data (row, NULL);
      g_string_append_printf (text, "%s%s", is_first && i == 0 ? "" : ",\n", json);
    }
}

void
herald_history_export_add_end (GString            *text,
                               HeraldExportFormat  format,
                               gboolean            is_empty)
{
  if (is_empty && format == HERALD_EXPORT_CSV)
    add_header (text);
  if (format == HERALD_EXPORT_JSON)
    g_string_append (text, is_empty ? "{\"messages\":[]}\n" : "\n]}\n");
}
