/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-filter"

#include "service/bus/history-filter.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/outbox/history-words.h"

/* Of numbers that are asked for at once */
#define IDS_MAX 10000

/* Of what somebody has sent, in a sentence */
#define SHOWN_CHARS 40

/* Takes the sentence */
static gboolean
refuse (GError **error,
        char    *sentence)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, sentence);
  g_free (sentence);

  return FALSE;
}

static gboolean
add_state (HeraldHistoryQuery  *query,
           const char          *id,
           GError             **error)
{
  g_autofree char *shown = herald_text_clean (id, SHOWN_CHARS);
  HeraldDeliveryState state;

  if (!herald_delivery_state_from_id (id, &state))
    return refuse (error, g_strdup_printf (_("There is no state “%s” in the history."), shown));

  query->states |= 1u << state;
  return TRUE;
}

static gboolean
read_states (HeraldHistoryQuery  *query,
             GVariant            *filter,
             GError             **error)
{
  g_autofree const char **states = NULL;
  const char *state = NULL;

  if (g_variant_lookup (filter, "state", "&s", &state) && !add_state (query, state, error))
    return FALSE;

  g_variant_lookup (filter, "states", "^a&s", &states);
  for (guint i = 0; states != NULL && states[i] != NULL; i++)
    {
      if (!add_state (query, states[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_kind (HeraldHistoryQuery  *query,
           GVariant            *filter,
           GError             **error)
{
  g_autofree char *shown = NULL;
  HeraldEventKind kind;

  if (!g_variant_lookup (filter, "kind", "s", &query->kind) || herald_event_kind_from_id (query->kind, &kind))
    return TRUE;

  shown = herald_text_clean (query->kind, SHOWN_CHARS);

  return refuse (error, g_strdup_printf (_("There are no messages of the kind “%s”."), shown));
}

static gboolean
read_moment (GVariant    *filter,
             const char  *name,
             gint64      *ms,
             GError     **error)
{
  const char *text = NULL;
  g_autofree char *shown = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) moment = NULL;

  if (!g_variant_lookup (filter, name, "&s", &text) || *text == '\0')
    return TRUE;

  shown = herald_text_clean (text, SHOWN_CHARS);
  moment = g_date_time_new_from_iso8601 (text, zone);
  if (moment == NULL)
    return refuse (error, g_strdup_printf (_("“%s” is not a date and time. Write it like 2026-03-14T15:09:26Z."), shown));

  *ms = g_date_time_to_unix (moment) * 1000;
  return TRUE;
}

/* Whoever looks for a channel knows its name and not its id. */
static GHashTable *
make_names (HeraldEngine *engine)
{
  GListModel *channels = herald_engine_get_channels (engine);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      g_hash_table_insert (names, g_strdup (herald_channel_get_id (channel)), g_strdup (herald_channel_get_name (channel)));
    }

  return names;
}

static void
read_ids (HeraldHistoryQuery *query,
          GVariant           *filter)
{
  g_autoptr(GVariant) ids = g_variant_lookup_value (filter, "ids", G_VARIANT_TYPE ("ax"));
  const gint64 *numbers;
  gsize n_ids = 0;

  if (ids == NULL)
    return;

  numbers = g_variant_get_fixed_array (ids, &n_ids, sizeof (gint64));
  query->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (n_ids > 0)
    g_array_append_vals (query->ids, numbers, (guint) MIN (n_ids, IDS_MAX));
}

/**
 * herald_history_filter_read:
 * @filter: an a{sv}; what is not known in it is passed over
 *
 * Returns: (transfer full) (nullable): what it asks for
 */
HeraldHistoryQuery *
herald_history_filter_read (HeraldEngine  *engine,
                            GVariant      *filter,
                            GError       **error)
{
  g_autoptr(HeraldHistoryQuery) query = herald_history_query_new ();
  const char *search = NULL;

  g_variant_lookup (filter, "limit", "u", &query->limit);
  g_variant_lookup (filter, "printer", "s", &query->printer);
  g_variant_lookup (filter, "channel", "s", &query->channel);
  g_variant_lookup (filter, "before", "x", &query->before);
  g_variant_lookup (filter, "after", "x", &query->after);
  read_ids (query, filter);
  if (!read_states (query, filter, error) || !read_kind (query, filter, error) ||
      !read_moment (filter, "since", &query->since_ms, error) || !read_moment (filter, "until", &query->until_ms, error))
    return NULL;

  if (g_variant_lookup (filter, "search", "&s", &search))
    query->words = herald_history_words_split (search);
  if (query->words != NULL)
    query->names = make_names (engine);

  return g_steal_pointer (&query);
}
