/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-hostile-answers"

#include "fixtures/neighbours.h"

/* A server whose answers are long, endless or slow, and beside it one that prints. */

/* OctoPrint remembers half an hour; 200 KB of it, a hundred times over */
static char *
make_long_history (void)
{
  GString *frame = g_string_new ("a[{\"history\":{\"state\":{\"text\":\"Operational\",\"flags\":{\"operational\":true}},\"temps\":[");

  while (frame->len < 200 * 1024)
    g_string_append_printf (frame, "{\"time\":%" G_GSIZE_FORMAT ",\"tool0\":{\"actual\":21.3,\"target\":0.0},"
                            "\"bed\":{\"actual\":21.3,\"target\":0.0}},", 1795245855 + frame->len / 100);
  g_string_append (frame, "{}]}}]");

  return g_string_free (frame, FALSE);
}

static gboolean
is_upload_told (Neighbours *self)
{
  return self->n_told > 0;
}

static void
test_long_histories_pass (Neighbours    *self,
                          gconstpointer  user_data)
{
  HostileManner manner = (HostileManner) GPOINTER_TO_INT (user_data);
  g_autofree char *frame = make_long_history ();

  /* Until the list of files is there, everything has to wait. */
  hostile_server_set_manner (self->server, "/api/files", manner);
  g_free (self->server->history);
  self->server->history = g_strdup (frame);
  herald_printer_start (self->evil);
  neighbours_await_evil (self);
  hostile_server_push (self->server, "a[{\"event\":{\"type\":\"Upload\",\"payload\":{\"name\":\"a.gcode\"}}}]");
  for (guint i = 0; i < 100; i++)
    {
      hostile_server_push (self->server, frame);
      watched_printer_let_pass (10);
    }
  neighbours_let_the_good_one_print (self);
  neighbours_await (self, is_upload_told);
  g_assert_cmpuint (self->n_told, ==, 1);
}

static void
test_answers_have_a_limit (Neighbours    *self,
                           gconstpointer  user_data)
{
  HostileManner manner = (HostileManner) GPOINTER_TO_INT (user_data);
  static const char *const paths[] = { "/api/files", "/api/timelapse", "/api/settings", "/api/printer/error" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    hostile_server_set_manner (self->server, paths[i], manner);
  herald_printer_start (self->evil);
  neighbours_await_evil (self);
  neighbours_let_the_good_one_print (self);
  g_assert_cmpuint (hostile_server_get_n_asked (self->server, "/api/files"), ==, 1);
  g_assert_cmpuint (self->n_told, ==, 0);
  if (manner != HOSTILE_SLOW)
    g_assert_cmpuint (self->server->n_streamed_bytes, >, 4 * 1024 * 1024);
}

/* As many as one answer can hold, and all were printed when we come again. */
static void
test_a_long_list_of_files_keeps_nobody (Neighbours    *self,
                                        gconstpointer  user_data)
{
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr(GString) list = g_string_new ("{\"files\":[");

      for (guint i = 0; i < 29000; i++)
        g_string_append_printf (list, "%s{\"path\":\"%u\",\"prints\":{\"success\":%u}}", i > 0 ? "," : "", i, round * 1000);
      g_string_append (list, "]}");
      hostile_server_answer (self->server, "/api/files", list->str);
      neighbours_come_back (self);
      watched_printer_let_pass (3000);
    }
  neighbours_let_the_good_one_print (self);
  g_assert_cmpuint (self->n_told, ==, 2000);
}

#define ADD(path, func, data) \
  g_test_add ("/octoprint-hostile-answers/" path, Neighbours, data, neighbours_set_up, func, neighbours_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("long-histories", test_long_histories_pass, GINT_TO_POINTER (HOSTILE_HONEST));
  ADD ("long-histories-held", test_long_histories_pass, GINT_TO_POINTER (HOSTILE_SLOW));
  ADD ("huge-answers", test_answers_have_a_limit, GINT_TO_POINTER (HOSTILE_HUGE));
  ADD ("endless-answers", test_answers_have_a_limit, GINT_TO_POINTER (HOSTILE_ENDLESS));
  ADD ("slow-answers", test_answers_have_a_limit, GINT_TO_POINTER (HOSTILE_SLOW));
  ADD ("long-list", test_a_long_list_of_files_keeps_nobody, NULL);

  return g_test_run ();
}
