/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-x-faults"

#include "x-asker.h"

static void
play (XAsker           *asker,
      HeraldDemoXFault  fault)
{
  g_assert_true (herald_demo_x_play (asker->x, &fault));
}

static void
test_errors_come_as_often_as_asked_for (void)
{
  XAsker *asker = x_asker_new ();

  play (asker, (HeraldDemoXFault) { .kind = "no-credits", .path = "/2/tweets", .n_times = 2, .n_before = 1 });
  g_assert_cmpuint (x_asker_post_text (asker, "1"), ==, 201);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpuint (x_asker_post_text (asker, "2"), ==, 402);
  g_assert_cmpstr (x_asker_get_string (asker, "type"), ==, "https://api.x.com/2/problems/credits-depleted");
  g_assert_cmpstr (x_asker_get_header (asker, "x-rate-limit-remaining"), ==, "98");
  g_assert_cmpuint (x_asker_post_text (asker, "3"), ==, 402);
  g_assert_cmpuint (x_asker_post_text (asker, "4"), ==, 201);
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 2);
  g_assert_false (herald_demo_x_play (asker->x, &(HeraldDemoXFault) { .kind = "unknown" }));
  x_asker_free (asker);
}

static void
test_fault_lasts_until_it_is_ended (void)
{
  XAsker *asker = x_asker_new ();

  play (asker, (HeraldDemoXFault) { .kind = "too-many", .seconds = -7 });
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 429);
  g_assert_cmpstr (x_asker_get_header (asker, "x-rate-limit-remaining"), ==, "0");
  g_assert_cmpint (g_ascii_strtoll (x_asker_get_header (asker, "x-rate-limit-reset"), NULL, 10), <,
                   g_get_real_time () / G_USEC_PER_SEC);
  herald_demo_x_stop_faults (asker->x);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  x_asker_free (asker);
}

static void
test_unavailable_may_have_posted (void)
{
  XAsker *asker = x_asker_new ();

  play (asker, (HeraldDemoXFault) { .kind = "unavailable", .n_times = 1 });
  play (asker, (HeraldDemoXFault) { .kind = "unavailable", .n_times = 1, .deed = HERALD_DEMO_X_DONE });
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 503);
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 0);
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 503);
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 1);
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 403);
  x_asker_free (asker);
}

static void
test_strange_answer_hides_no_refusal (void)
{
  static const char *const kinds[] = { "html", "empty", "not-json", "wrong-types", "number-id", "no-id", "bad-id",
                                       "invalid-utf8", "with-errors", "huge", "deep" };
  XAsker *asker = x_asker_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      play (asker, (HeraldDemoXFault) { .kind = kinds[i], .n_times = 2 });
      g_assert_cmpuint (x_asker_post_text (asker, kinds[i]), ==, 201);
      g_assert_cmpuint (x_asker_post_text (asker, kinds[i]), ==, 403);
      g_assert_cmpstr (x_asker_get_string (asker, "title"), ==, "Forbidden");
      g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, i + 1);
    }
  x_asker_free (asker);
}

static void
test_strange_answers_are_strange (void)
{
  XAsker *asker = x_asker_new ();
  JsonObject *object = NULL;

  play (asker, (HeraldDemoXFault) { .kind = "huge", .n_times = 1 });
  x_asker_post_text (asker, "1");
  g_assert_cmpuint (g_bytes_get_size (asker->answer), >, 10 * 1024 * 1024);

  play (asker, (HeraldDemoXFault) { .kind = "number-id", .n_times = 1 });
  x_asker_post_text (asker, "2");
  object = json_object_get_object_member (json_node_get_object (asker->node), "data");
  g_assert_cmpint (json_object_get_int_member (object, "id"), ==, 1990000000000004100);

  play (asker, (HeraldDemoXFault) { .kind = "with-errors", .n_times = 1 });
  x_asker_post_text (asker, "3");
  g_assert_true (json_object_has_member (json_node_get_object (asker->node), "errors"));
  g_assert_cmpstr (x_asker_get_string (asker, "text"), ==, "3");

  play (asker, (HeraldDemoXFault) { .kind = "invalid-utf8", .n_times = 1 });
  x_asker_post_text (asker, "4");
  g_assert_false (g_utf8_validate_len (g_bytes_get_data (asker->answer, NULL), g_bytes_get_size (asker->answer), NULL));
  x_asker_free (asker);
}

static void
test_answer_is_cut_at_each_byte (void)
{
  XAsker *asker = x_asker_new ();
  guint n_posts = 0;

  herald_demo_x_play (asker->x, &(HeraldDemoXFault) { .kind = "no-limits" });
  for (gsize at = 0; at < 500; at += 7)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, at);
      guint status;

      play (asker, (HeraldDemoXFault) { .kind = "cut", .n_times = 1, .at_byte = at });
      status = x_asker_post_text (asker, text);
      g_assert_true (status == 0 || status == 201);
      if (at < 12)
        g_assert_cmpuint (status, ==, 0);
      g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, ++n_posts);
    }
  play (asker, (HeraldDemoXFault) { .kind = "cut", .n_times = 1, .deed = HERALD_DEMO_X_NOT_DONE });
  g_assert_cmpuint (x_asker_post_text (asker, "Never"), ==, 0);
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, n_posts);
  x_asker_free (asker);
}

static void
test_silence_lasts_as_long_as_the_asker_waits (void)
{
  XAsker *asker = x_asker_new ();

  soup_session_set_timeout (asker->http, 1);
  play (asker, (HeraldDemoXFault) { .kind = "silence", .n_times = 1, .deed = HERALD_DEMO_X_DONE });
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 0);
  g_assert_error (asker->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 1);

  soup_session_set_timeout (asker->http, 20);
  play (asker, (HeraldDemoXFault) { .kind = "slow", .n_times = 1, .seconds = 1 });
  g_assert_cmpuint (x_asker_post_text (asker, "Late"), ==, 201);
  x_asker_free (asker);
}

static void
test_redirect_leads_elsewhere (void)
{
  XAsker *asker = x_asker_new ();

  play (asker, (HeraldDemoXFault) { .kind = "redirect-for-good", .n_times = 1, .location = "http://127.0.0.1:9/" });
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 308);
  g_assert_cmpstr (x_asker_get_header (asker, "Location"), ==, "http://127.0.0.1:9/");
  x_asker_free (asker);
}

static void
test_traits_last (void)
{
  XAsker *asker = x_asker_new ();
  g_autoptr(GDateTime) date = NULL;

  play (asker, (HeraldDemoXFault) { .kind = "read-only" });
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 403);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpstr (x_asker_get_header (asker, "x-access-level"), ==, "read");
  herald_demo_x_stop_faults (asker->x);

  play (asker, (HeraldDemoXFault) { .kind = "no-duplicate-rule" });
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 201);
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 201);

  play (asker, (HeraldDemoXFault) { .kind = "clock", .seconds = 3600 });
  g_assert_cmpuint (x_asker_post_text (asker, "Later"), ==, 401);
  date = soup_date_time_new_from_http_string (x_asker_get_header (asker, "Date"));
  g_assert_cmpint (g_date_time_to_unix (date), >, g_get_real_time () / G_USEC_PER_SEC + 3500);
  asker->stamp_off_s = 3600;
  g_assert_cmpuint (x_asker_post_text (asker, "Later"), ==, 201);

  play (asker, (HeraldDemoXFault) { .kind = "revoked" });
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);
  x_asker_free (asker);
}

static void
test_faults_are_played_by_http (void)
{
  XAsker *asker = x_asker_new ();

  g_assert_cmpuint (x_asker_post_json (asker, "/demo/faults", "{\"fault\":\"unavailable\",\"done\":true}"), ==, 204);
  g_assert_cmpuint (x_asker_post_json (asker, "/demo/faults", "{\"fault\":\"other\"}"), ==, 400);
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 503);
  g_assert_cmpuint (x_asker_get (asker, "/demo/posts"), ==, 200);
  g_assert_true (x_asker_heard (asker, "\"text\":\"Done\""));
  g_assert_cmpuint (x_asker_get (asker, "/demo/requests"), ==, 200);
  g_assert_true (x_asker_heard (asker, "\"POST /2/tweets 503\""));
  x_asker_free (asker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-x-faults/errors-come-as-often-as-asked-for", test_errors_come_as_often_as_asked_for);
  g_test_add_func ("/demo-x-faults/fault-lasts-until-it-is-ended", test_fault_lasts_until_it_is_ended);
  g_test_add_func ("/demo-x-faults/unavailable-may-have-posted", test_unavailable_may_have_posted);
  g_test_add_func ("/demo-x-faults/strange-answer-hides-no-refusal", test_strange_answer_hides_no_refusal);
  g_test_add_func ("/demo-x-faults/strange-answers-are-strange", test_strange_answers_are_strange);
  g_test_add_func ("/demo-x-faults/answer-is-cut-at-each-byte", test_answer_is_cut_at_each_byte);
  g_test_add_func ("/demo-x-faults/silence-lasts-as-long-as-the-asker-waits",
                   test_silence_lasts_as_long_as_the_asker_waits);
  g_test_add_func ("/demo-x-faults/redirect-leads-elsewhere", test_redirect_leads_elsewhere);
  g_test_add_func ("/demo-x-faults/traits-last", test_traits_last);
  g_test_add_func ("/demo-x-faults/faults-are-played-by-http", test_faults_are_played_by_http);

  return g_test_run ();
}
