/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-autoconfig"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/channels/email/setup/autoconfig.h"

#define ADDRESS "ada+3d%EMAILDOMAIN%@made.example"

/* What a stranger's description of a mail server becomes can be written into a file, shown on a terminal and
 * connected to. */

static void
check_host (const char *host)
{
  g_autofree char *again = herald_mail_setup_check_host (host);

  g_assert_cmpstr (again, ==, host);
  g_assert_cmpuint (strlen (host), >, 0);
  g_assert_cmpuint (strlen (host), <=, 253);
  for (const char *p = host; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr ("-._:", *p) != NULL);
}

static void
check_setup (const HeraldMailSetup *setup)
{
  check_host (setup->host);
  g_assert_cmpuint (setup->port, >, 0);
  g_assert_true (setup->security == HERALD_SMTP_TLS || setup->security == HERALD_SMTP_STARTTLS);
  if (setup->user != NULL)
    {
      g_assert_cmpuint (strlen (setup->user), >, 0);
      fuzz_check_text (setup->user, 1024);
    }
  if (setup->name != NULL)
    fuzz_check_text (setup->name, 61);
  if (setup->page != NULL)
    {
      fuzz_check_text (setup->page, 300);
      g_assert_true (g_str_has_prefix (setup->page, "https://"));
    }
  g_assert_null (setup->source);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldMailSetup) setup = herald_autoconfig_read ((const char *) data, size, ADDRESS, &error);

  g_assert_true ((setup == NULL) == (error != NULL));
  if (setup != NULL)
    check_setup (setup);

  return 0;
}
