/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-rest-server"

#include "demo/demo-rest.h"

void
herald_demo_get_version (HeraldDemoRequest *request)
{
  const char *version = herald_demo_printer_get_version (request->printer);
  g_autofree char *json = g_strdup_printf (
      "{\"api\":\"0.1\",\"server\":\"%s\",\"text\":\"OctoPrint %s\"}", version, version);

  herald_demo_answer_json (request, json);
}

/* Since 1.5 */
void
herald_demo_get_server (HeraldDemoRequest *request)
{
  g_autofree char *json = g_strdup_printf ("{\"version\":\"%s\",\"safemode\":null}",
                                           herald_demo_printer_get_version (request->printer));

  if (herald_demo_request_has (request, HERALD_DEMO_FAULT_OLD))
    herald_demo_answer_not_found (request);
  else
    herald_demo_answer_json (request, json);
}

void
herald_demo_get_current_user (HeraldDemoRequest *request)
{
  gboolean may_list = !herald_demo_request_has (request, HERALD_DEMO_FAULT_NO_FILES_PERMISSION);
  g_autofree char *json = NULL;

  if (!herald_demo_request_has_key (request))
    {
      herald_demo_answer_json (request,
                               "{\"name\":null,\"groups\":[\"guests\"],\"permissions\":[]}");
      return;
    }
  if (request->printer->fault == HERALD_DEMO_FAULT_NO_STATUS)
    {
      herald_demo_answer_json (request,
                               "{\"name\":\"maker\",\"groups\":[],\"permissions\":[\"WEBCAM\"]}");
      return;
    }

  json = g_strdup_printf ("{\"name\":\"admin\",\"groups\":[\"users\",\"admins\"],"
                          "\"permissions\":[\"ADMIN\",\"STATUS\",\"CONNECTION\",\"WEBCAM\",%s"
                          "\"FILES_DOWNLOAD\",\"PRINT\",\"CONTROL\",\"TIMELAPSE_LIST\","
                          "\"MONITOR_TERMINAL\",\"SETTINGS_READ\",\"SETTINGS\"]}",
                          may_list ? "\"FILES_LIST\"," : "");
  herald_demo_answer_json (request, json);
}

void
herald_demo_post_login (HeraldDemoRequest *request)
{
  HeraldDemoPrinter *printer = request->printer;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *json = NULL;

  g_free (printer->session);
  printer->session = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uuid, -1);
  json = g_strdup_printf (
      "{\"name\":\"admin\",\"session\":\"%s\",\"active\":true,\"admin\":true,\"user\":true,"
      "\"apikey\":null,\"groups\":[\"users\",\"admins\"],\"roles\":[\"user\",\"admin\"],"
      "\"permissions\":[],\"needs\":{\"group\":[\"users\",\"admins\"],\"role\":[\"status\"]},"
      "\"settings\":{},\"_is_external_client\":false,\"_login_mechanism\":\"apikey\","
      "\"_credentials_seen\":\"2026-01-01T00:00:00+00:00\"}",
      printer->session);
  herald_demo_answer_json (request, json);
}

void
herald_demo_get_settings (HeraldDemoRequest *request)
{
  JsonObject *settings = NULL;
  JsonObject *appearance = NULL;
  JsonObject *feature = NULL;

  if (herald_demo_answer_unchanged (request, request->printer->camera.revision))
    return;

  settings = json_object_new ();
  appearance = json_object_new ();
  json_object_set_string_member (appearance, "name", request->printer->name);
  json_object_set_string_member (appearance, "color", "blue");
  json_object_set_object_member (settings, "appearance", appearance);
  feature = json_object_new ();
  json_object_set_boolean_member (feature, "sdSupport", TRUE);
  json_object_set_object_member (settings, "feature", feature);
  json_object_set_object_member (settings, "webcam", herald_demo_new_webcam (request));
  herald_demo_answer_take (request, 200, settings);
}

void
herald_demo_get_sockjs_info (HeraldDemoRequest *request)
{
  herald_demo_answer_json (request, "{\"websocket\":true,\"cookie_needed\":false,"
                                    "\"origins\":[\"*:*\"],\"entropy\":1234567}");
}

void
herald_demo_get_online (HeraldDemoRequest *request)
{
  herald_demo_answer_text (request, 200, "text/plain", "online\n");
}
