/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-words"

#include "window/messages/message-words.h"

#include <glib/gi18n-lib.h>

/* More names than that are no help in one line. */
#define NAMES_MAX 4

/* (transfer full) (nullable) */
static GVariant *
get_channels (GVariant *rendering)
{
  return rendering != NULL ? g_variant_lookup_value (rendering, "channels", G_VARIANT_TYPE ("aa{sv}")) : NULL;
}

char *
herald_message_words_dup_where (HeraldServiceLink *link,
                                GVariant          *rendering,
                                gboolean           is_enabled)
{
  g_autoptr(GVariant) channels = get_channels (rendering);
  g_autoptr(GString) names = g_string_new (NULL);
  guint n_told = 0;

  if (!is_enabled)
    return g_strdup (_("Not told"));
  if (channels == NULL)
    return g_strdup ("");

  for (gsize i = 0; i < g_variant_n_children (channels); i++)
    {
      g_autoptr(GVariant) channel = g_variant_get_child_value (channels, i);
      g_autofree char *name = NULL;
      const char *id = "";
      gboolean is_told = FALSE;

      g_variant_lookup (channel, "channel", "&s", &id);
      g_variant_lookup (channel, "told", "b", &is_told);
      if (!is_told || ++n_told > NAMES_MAX)
        continue;
      name = herald_service_link_dup_channel_name (link, id);
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  if (n_told == 0)
    return g_strdup (_("Goes nowhere"));
  if (n_told > NAMES_MAX)
    /* Translators: follows the names of some accounts: how many more there are */
    g_string_append_printf (names, ngettext (" and %u more", " and %u more", n_told - NAMES_MAX), n_told - NAMES_MAX);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
add_problems (GPtrArray *sentences,
              GVariant  *rendering)
{
  g_autofree const char **problems = NULL;
  gboolean is_told = TRUE;

  g_variant_lookup (rendering, "told", "b", &is_told);
  if (!is_told || !g_variant_lookup (rendering, "problems", "^a&s", &problems))
    return;

  for (gsize i = 0; problems[i] != NULL; i++)
    {
      if (!g_ptr_array_find_with_equal_func (sentences, problems[i], g_str_equal, NULL))
        g_ptr_array_add (sentences, g_strdup (problems[i]));
    }
}

char *
herald_message_words_dup_problem (GVariant *rendering)
{
  g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GVariant) channels = get_channels (rendering);

  if (rendering == NULL)
    return NULL;

  add_problems (sentences, rendering);
  for (gsize i = 0; channels != NULL && i < g_variant_n_children (channels); i++)
    {
      g_autoptr(GVariant) channel = g_variant_get_child_value (channels, i);

      add_problems (sentences, channel);
    }
  if (sentences->len == 0)
    return NULL;

  g_ptr_array_add (sentences, NULL);

  return g_strjoinv ("\n", (char **) sentences->pdata);
}

const char *
herald_message_words_get_origin (GVariant *rendering)
{
  const char *from = "";

  g_variant_lookup (rendering, "values_from", "&s", &from);
  if (g_str_equal (from, "current"))
    return _("With the values of the print under way.");
  if (g_str_equal (from, "event"))
    return _("With the values of the last message of this kind.");

  return _("With made-up values, as nothing is being printed.");
}
