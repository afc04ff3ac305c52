/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-import"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/error.h"
#include "core/import/import-source.h"
#include "core/routing/message-change.h"

/* A settings file of another program becomes a plan within its limits or a sentence. What is told of it can be shown on a
 * terminal and has no secret in it; what would be set for a message can be. */

#define SECRET_MIN_BYTES 6

static void
check_lines (HeraldImportPlan *plan)
{
  g_assert_cmpuint (plan->lines->len, <=, HERALD_IMPORT_MAX_LINES);
  for (guint i = 0; i < plan->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (plan->lines, i);

      fuzz_check_text (line->subject, 101);
      fuzz_check_text (line->sentence, 601);
      g_assert_cmpuint (strlen (line->sentence), >, 0);
    }
}

static void
check_hidden (HeraldImportPlan *plan,
              const char       *secret)
{
  if (secret == NULL || strlen (secret) < SECRET_MIN_BYTES)
    return;

  for (guint i = 0; i < plan->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (plan->lines, i);

      g_assert_null (strstr (line->subject, secret));
      g_assert_null (strstr (line->sentence, secret));
    }
}

static void
check_channels (HeraldImportPlan *plan)
{
  g_assert_cmpuint (plan->channels->len, <=, 2);
  for (guint i = 0; i < plan->channels->len; i++)
    {
      HeraldImportChannel *channel = g_ptr_array_index (plan->channels, i);
      GHashTableIter iter;
      gpointer secret;

      g_assert_cmpuint (channel->told & ~channel->asked, ==, 0);
      fuzz_check_values (channel->settings);
      g_hash_table_iter_init (&iter, channel->secrets);
      while (g_hash_table_iter_next (&iter, NULL, &secret))
        check_hidden (plan, secret);
    }
}

static void
check_messages (HeraldImportPlan *plan)
{
  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    {
      GHashTableIter iter;
      gpointer name;
      gpointer value;

      if (plan->messages[kind] == NULL)
        continue;

      g_hash_table_iter_init (&iter, plan->messages[kind]);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_assert_true (herald_message_change_check ((HeraldEventKind) kind, name, value, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldImportPlan) plan = herald_import_read (NULL, (const char *) data, size, &error);

  g_assert_true ((plan == NULL) == (error != NULL));
  if (plan == NULL)
    {
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
      fuzz_check_text (error->message, 400);
      return 0;
    }

  herald_import_plan_finish_lines (plan);
  check_lines (plan);
  g_assert_cmpuint (plan->printers->len, <=, HERALD_IMPORT_MAX_PRINTERS);
  for (guint i = 0; i < plan->printers->len; i++)
    check_hidden (plan, ((HeraldImportPrinter *) g_ptr_array_index (plan->printers, i))->key);
  check_channels (plan);
  check_messages (plan);

  return 0;
}
