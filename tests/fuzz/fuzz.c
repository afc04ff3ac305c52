/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz"

#include "fuzz/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The longest text of a server that is kept, with its ellipsis; and the most such texts of one message */
#define VALUE_MAX_CHARS 2001
#define VALUES_MAX 64

#define NAME_MAX_CHARS 256
#define TEXT_MAX_CHARS 101
#define ERROR_MAX_CHARS 501
#define HEATERS_MAX 32

/* GLib ends a program by a signal that libFuzzer does not know, and would keep no input for. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  if (!(level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)))
    return G_LOG_WRITER_HANDLED;

  g_log_writer_standard_streams (level, fields, n_fields, user_data);
  abort ();
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_writer_func (write_log, NULL, NULL);

  return 0;
}

/* Invisible, or turns the direction of writing around */
static gboolean
is_harmful (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* @text: (nullable): cleaned */
void
fuzz_check_text (const char *text,
                 gsize       max_chars)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint ((gsize) g_utf8_strlen (text, -1), <=, max_chars);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (is_harmful (g_utf8_get_char (p)));
}

void
fuzz_check_values (HeraldValues *values)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_assert_nonnull (values);
  g_assert_cmpuint (g_hash_table_size (values), <=, VALUES_MAX);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      fuzz_check_text (name, NAME_MAX_CHARS);
      fuzz_check_text (value, VALUE_MAX_CHARS);
    }
}

void
fuzz_check_state (HeraldPrinterState *state)
{
  g_assert_cmpint ((int) state->id, >=, HERALD_STATE_OFFLINE);
  g_assert_cmpint ((int) state->id, <=, HERALD_STATE_UNKNOWN);
  fuzz_check_text (state->text, TEXT_MAX_CHARS);
  fuzz_check_text (state->error, ERROR_MAX_CHARS);
  fuzz_check_text (state->name, NAME_MAX_CHARS);
  fuzz_check_text (state->path, NAME_MAX_CHARS);
  fuzz_check_text (state->origin, NAME_MAX_CHARS);
  fuzz_check_text (state->user, NAME_MAX_CHARS);
  fuzz_check_text (state->remaining_origin, TEXT_MAX_CHARS);
  g_assert_true (state->progress == -1 || (state->progress >= 0 && state->progress <= 100));
  g_assert_cmpint (state->size_bytes, >=, -1);
  g_assert_cmpint (state->elapsed_s, >=, -1);
  g_assert_cmpint (state->remaining_s, >=, -1);
  g_assert_cmpint (state->estimated_s, >=, -1);
  g_assert_cmpint (state->server_ms, >=, 0);
  g_assert_true (state->height_mm == -1 || state->height_mm >= 0);
  g_assert_cmpuint (state->temperatures->len, <=, HEATERS_MAX);
  for (guint i = 0; i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      fuzz_check_text (temperature->heater, TEXT_MAX_CHARS);
      g_assert_true (isfinite (temperature->actual) && isfinite (temperature->target));
    }
}
