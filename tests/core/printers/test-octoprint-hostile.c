/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-hostile"

#include "fixtures/neighbours.h"

/* A server that is hostile, and beside it in the same process one that is not and prints. */

static void
test_nonsense_is_no_news (Neighbours    *self,
                          gconstpointer  user_data)
{
  static const char *const contents[] = {
    "null", "7", "[]", "{}", "{\"state\":null,\"job\":null,\"progress\":null,\"temps\":null,\"markings\":null}",
    "{\"job\":{\"file\":{\"name\":null,\"path\":null,\"size\":null,\"origin\":null},\"user\":null},\"progress\":{\"completion\":null}}",
    "{\"state\":{\"text\":7,\"flags\":[1]},\"job\":\"x\",\"progress\":[],\"temps\":{\"a\":1},\"markings\":7,\"serverTime\":\"late\"}",
    "{\"wings\":{\"left\":1},\"state\":{\"text\":\"Flying\",\"flags\":{\"flying\":true}}}",
    "{\"serverTime\":0.001,\"temps\":[{\"time\":1,\"bed\":{\"actual\":1e308,\"target\":-1e308}}],\"markings\":[{\"type\":\"done\",\"time\":1}]}",
    "{\"serverTime\":3786912000,\"temps\":[{\"time\":3786912000,\"bed\":{\"actual\":20}}],\"markings\":[{\"type\":\"cancel\",\"time\":3786912000}]}",
    "{\"serverTime\":1e999,\"progress\":{\"completion\":1e999,\"printTime\":-1e300,\"printTimeLeft\":99999999999999999999},\"currentZ\":-1e999}",
  };
  static const char *const kinds[] = { "history", "current", "event", "plugin", "timelapse", "connected", "shiny" };

  herald_printer_start (self->evil);
  neighbours_await_evil (self);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_free (self->server->history);
      self->server->history = g_strdup_printf ("a[{\"history\":%s}]", contents[i]);
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          g_autofree char *frame = g_strdup_printf ("a[{\"%s\":%s}]", kinds[k], contents[i]);

          hostile_server_push (self->server, frame);
        }
      watched_printer_let_pass (50);
      neighbours_come_back (self);
    }
  neighbours_let_the_good_one_print (self);
  g_assert_cmpuint (self->n_told, ==, 0);
}

/* What is small on the wire and large in memory */
static void
test_a_frame_of_nothing_is_refused (Neighbours    *self,
                                    gconstpointer  user_data)
{
  g_autoptr(GString) frame = g_string_new ("a[[]");

  while (frame->len < 3 * 1024 * 1024)
    g_string_append (frame, ",[]");
  g_string_append_c (frame, ']');

  herald_printer_start (self->evil);
  neighbours_await_evil (self);
  hostile_server_push (self->server, frame->str);
  neighbours_let_the_good_one_print (self);
  g_assert_cmpuint (self->n_told, ==, 0);
}

static void
test_a_session_has_a_limit (Neighbours    *self,
                            gconstpointer  user_data)
{
  g_autofree char *session = g_strnfill (100000, 's');
  g_autofree char *json = g_strdup_printf ("{\"name\":\"admin\",\"session\":\"%s\"}", session);

  hostile_server_answer (self->server, "/api/login", json);
  herald_printer_start (self->evil);
  neighbours_let_the_good_one_print (self);
  g_assert_cmpint (herald_printer_get_connection (self->evil), ==, HERALD_CONNECTION_UNREACHABLE);
}

/* Three prints are found out; what cannot have been is not. */
static void
test_counters_that_jump_tell_nothing (Neighbours    *self,
                                      gconstpointer  user_data)
{
  static const char *const counts[] = { "0", "3", "1", "5000", "-5", "99999999999999999999", "1e999", "\"7\"", "null", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"files\":[{\"type\":\"machinecode\",\"origin\":\"local\","
                                               "\"path\":\"a.gcode\",\"display\":\"a.gcode\",\"date\":1795000000,"
                                               "\"prints\":{\"success\":%s,\"failure\":0}}]}", counts[i]);

      hostile_server_answer (self->server, "/api/files", json);
      neighbours_come_back (self);
    }
  g_assert_cmpuint (self->n_told, ==, 3);
  neighbours_let_the_good_one_print (self);
}

static gboolean
are_all_uploads_told (Neighbours *self)
{
  return self->n_told >= 10000;
}

static void
test_ten_thousand_events_are_told_once (Neighbours    *self,
                                        gconstpointer  user_data)
{
  g_autoptr(GString) frame = g_string_new ("a[");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (frame, "%s{\"event\":{\"type\":\"Upload\",\"payload\":{\"name\":\"%u.gcode\",\"path\":\"%u.gcode\","
                            "\"target\":\"local\"}}}", i > 0 ? "," : "", i, i);
  g_string_append_c (frame, ']');

  herald_printer_start (self->evil);
  neighbours_await_evil (self);
  watched_printer_let_pass (300);
  for (guint i = 0; i < 100; i++)
    {
      hostile_server_push (self->server, frame->str);
      watched_printer_let_pass (5);
    }
  neighbours_let_the_good_one_print (self);
  neighbours_await (self, are_all_uploads_told);
  g_assert_cmpuint (self->n_told, ==, 10000);
}

#define ADD(path, func, data) \
  g_test_add ("/octoprint-hostile/" path, Neighbours, data, neighbours_set_up, func, neighbours_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("nonsense", test_nonsense_is_no_news, NULL);
  ADD ("nothing", test_a_frame_of_nothing_is_refused, NULL);
  ADD ("session", test_a_session_has_a_limit, NULL);
  ADD ("counters", test_counters_that_jump_tell_nothing, NULL);
  ADD ("ten-thousand-events", test_ten_thousand_events_are_told_once, NULL);

  return g_test_run ();
}
