/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-text"

#include "core/base/text.h"

static void
test_sentence_gets_its_end_once (void)
{
  static const struct
  {
    const char *words;
    const char *sentence;
  } rows[] = {
    { "There is no notification service", "There is no notification service." },
    { "It waits with the others.", "It waits with the others." },
    { "There is no channel “Mail”", "There is no channel “Mail”." },
    { "Really?", "Really?" },
    { "Wait…", "Wait…" },
    { "待機中。", "待機中。" },
    { "هل تريد الإلغاء؟", "هل تريد الإلغاء؟" },
    { "本当に？", "本当に？" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sentence = herald_text_end_sentence (rows[i].words);

      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/sentence-gets-its-end-once", test_sentence_gets_its_end_once);

  return g_test_run ();
}
