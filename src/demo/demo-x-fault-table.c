/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-fault-table"

#include "demo/demo-x-faults.h"

#define PROBLEMS "https://api.x.com/2/problems/"
/* Both hosts occur. */
#define OLD_PROBLEMS "https://api.twitter.com/2/problems/"
#define EDGE(words) \
  "<!DOCTYPE html>\n<html><head><title>" words "</title></head><body><h1>" words "</h1><p>cloudflare</p></body></html>\n"
#define BLANK(status, title, detail) \
  "{\"title\":\"" title "\",\"detail\":\"" detail "\",\"type\":\"about:blank\",\"status\":" #status "}"

/* What X says, in both of its ways, what its edge says in its place, and what nobody should say. A body that begins with
 * `<` is HTML. */
static const HeraldDemoXFaultRow rows[] = {
  { "bad-request", HERALD_DEMO_X_AN_ERROR, 400,
    "{\"errors\":[{\"parameters\":{\"text\":[]},\"message\":\"text is invalid\"}],\"title\":\"Invalid Request\","
    "\"detail\":\"One or more parameters to your request was invalid.\",\"type\":\"" PROBLEMS "invalid-request\"}", 0 },
  { "unauthorized", HERALD_DEMO_X_AN_ERROR, 401, BLANK (401, "Unauthorized", "Unauthorized"), 0 },
  { "unauthorized-old", HERALD_DEMO_X_AN_ERROR, 401,
    "{\"errors\":[{\"code\":32,\"message\":\"Could not authenticate you.\"}]}", 0 },
  { "no-credits", HERALD_DEMO_X_AN_ERROR, 402,
    "{\"title\":\"Payment Required\",\"detail\":\"credits depleted\",\"type\":\"" PROBLEMS "credits-depleted\"}", 0 },
  { "duplicate", HERALD_DEMO_X_AN_ERROR, 403,
    BLANK (403, "Forbidden", "You are not allowed to create a Tweet with duplicate content."), 0 },
  { "no-permission", HERALD_DEMO_X_AN_ERROR, 403,
    "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"Your client app is not configured with the appropriate oauth1 "
    "app permissions for this endpoint.\",\"type\":\"" OLD_PROBLEMS "oauth1-permissions\"}", 0 },
  { "not-enrolled", HERALD_DEMO_X_AN_ERROR, 403,
    "{\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\",\"required_enrollment\":\"Appropriate Level of "
    "API Access\",\"detail\":\"The app is attached to no project.\",\"type\":\"" OLD_PROBLEMS "client-forbidden\"}", 0 },
  { "app-only", HERALD_DEMO_X_AN_ERROR, 403,
    "{\"title\":\"Unsupported Authentication\",\"status\":403,\"detail\":\"Authenticating with OAuth 2.0 Application-Only "
    "is forbidden for this endpoint.\",\"type\":\"" PROBLEMS "unsupported-authentication\"}", 0 },
  { "suspended", HERALD_DEMO_X_AN_ERROR, 403, "{\"errors\":[{\"code\":64,\"message\":\"Your account is suspended.\"}]}", 0 },
  { "locked", HERALD_DEMO_X_AN_ERROR, 403,
    "{\"errors\":[{\"code\":326,\"message\":\"This account is temporarily locked.\"}]}", 0 },
  { "forbidden", HERALD_DEMO_X_AN_ERROR, 403,
    BLANK (403, "Forbidden", "You are not permitted to perform this action."), 0 },
  { "edge", HERALD_DEMO_X_AN_ERROR, 403, EDGE ("403 Forbidden"), 0 },
  { "not-found", HERALD_DEMO_X_AN_ERROR, 404, "", 0 },
  { "too-large", HERALD_DEMO_X_AN_ERROR, 413, EDGE ("413 Payload Too Large"), 0 },
  { "too-many", HERALD_DEMO_X_AN_ERROR, 429, "{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}",
    HERALD_DEMO_X_LIMIT_HEADERS },
  { "too-many-problem", HERALD_DEMO_X_AN_ERROR, 429,
    "{\"title\":\"Too Many Requests\",\"detail\":\"Too Many Requests\",\"type\":\"" PROBLEMS "rate-limit-exceeded\","
    "\"status\":429}", HERALD_DEMO_X_LIMIT_HEADERS },
  { "day-limit", HERALD_DEMO_X_AN_ERROR, 429, BLANK (429, "Too Many Requests", "Too Many Requests"),
    HERALD_DEMO_X_DAY_HEADERS },
  { "usage-capped", HERALD_DEMO_X_AN_ERROR, 429,
    "{\"title\":\"UsageCapExceeded\",\"period\":\"Monthly\",\"scope\":\"Product\",\"detail\":\"Usage cap exceeded: Monthly "
    "product cap\",\"type\":\"" OLD_PROBLEMS "usage-capped\"}", 0 },
  { "header-too-large", HERALD_DEMO_X_AN_ERROR, 431, "", 0 },
  { "error", HERALD_DEMO_X_AN_ERROR, 500, BLANK (500, "Internal Server Error", "Internal Server Error"), 0 },
  { "bad-gateway", HERALD_DEMO_X_AN_ERROR, 502, EDGE ("502 Bad Gateway"), 0 },
  { "unavailable", HERALD_DEMO_X_AN_ERROR, 503, BLANK (503, "Service Unavailable", "Service Unavailable"), 0 },
  { "over-capacity", HERALD_DEMO_X_AN_ERROR, 503, "{\"errors\":[{\"code\":130,\"message\":\"Over capacity\"}]}",
    HERALD_DEMO_X_RETRY_AFTER },
  { "edge-busy", HERALD_DEMO_X_AN_ERROR, 503, EDGE ("503 Service Temporarily Unavailable"), HERALD_DEMO_X_RETRY_AFTER },
  { "gateway-timeout", HERALD_DEMO_X_AN_ERROR, 504, EDGE ("504 Gateway Time-out"), 0 },
  { "redirect", HERALD_DEMO_X_AN_ERROR, 302, "", HERALD_DEMO_X_LOCATION },
  { "redirect-for-good", HERALD_DEMO_X_AN_ERROR, 308, "", HERALD_DEMO_X_LOCATION },
  { "huge-error", HERALD_DEMO_X_AN_ERROR, 503, "", HERALD_DEMO_X_HUGE },

  { "html", HERALD_DEMO_X_STRANGE, 0, EDGE ("Just a moment"), 0 },
  { "empty", HERALD_DEMO_X_STRANGE, 0, "", 0 },
  { "not-json", HERALD_DEMO_X_STRANGE, 0, "{\"data\":{\"id\":\"199", 0 },
  { "wrong-types", HERALD_DEMO_X_STRANGE, 0, "{\"data\":[1,{\"id\":true}],\"errors\":\"none\"}", 0 },
  { "number-id", HERALD_DEMO_X_STRANGE, 0, "{\"data\":{\"id\":1990000000000004100,\"text\":\"\"}}", 0 },
  { "no-id", HERALD_DEMO_X_STRANGE, 0, "{\"data\":{\"text\":\"\"}}", 0 },
  { "bad-id", HERALD_DEMO_X_STRANGE, 0, "{\"data\":{\"id\":\"../../\\u0007\\n199\",\"text\":\"\"}}", 0 },
  { "invalid-utf8", HERALD_DEMO_X_STRANGE, 0, "{\"data\":{\"id\":\"\xff\xfe\",\"text\":\"\xc3\x28\"}}", 0 },
  { "with-errors", HERALD_DEMO_X_STRANGE, 0, "", HERALD_DEMO_X_WITH_ERRORS },
  { "huge", HERALD_DEMO_X_STRANGE, 0, "", HERALD_DEMO_X_HUGE },
  { "deep", HERALD_DEMO_X_STRANGE, 0, "", HERALD_DEMO_X_DEEP },

  { "cut", HERALD_DEMO_X_NO_ANSWER, 0, "", HERALD_DEMO_X_CUT },
  { "silence", HERALD_DEMO_X_NO_ANSWER, 0, "", HERALD_DEMO_X_SILENCE },
  { "slow", HERALD_DEMO_X_NO_ANSWER, 0, "", HERALD_DEMO_X_SLOW },

  { "no-duplicate-rule", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_NO_DUPLICATE_RULE },
  { "read-only", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_READ_ONLY },
  { "no-limits", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_NO_LIMITS },
  { "revoked", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_REVOKED },
  { "processing-fails", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_PROCESSING_FAILS },
  { "clock", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_CLOCK },
  { "processing", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_PROCESSING },
  { "login-page", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_LOGIN_PAGE },
  { "login-denied", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_DENIED },
  { "code-life", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_CODE_LIFE },
  { "token-life", HERALD_DEMO_X_A_TRAIT, 0, "", HERALD_DEMO_X_TOKEN_LIFE },
};

const HeraldDemoXFaultRow *
herald_demo_x_find_fault_row (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_strcmp0 (rows[i].kind, kind) == 0)
        return &rows[i];
    }

  return NULL;
}
