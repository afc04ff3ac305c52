/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-write-letters"

#include <locale.h>
#include <string.h>

#include "core/base/values.h"
#include "core/channels/email/email-message.h"

/* write-letters FILE FOLDER: writes each line of FILE, a JSON object of texts, as a mail into FOLDER: 0.eml, 1.eml, … */

static HeraldAttachment *
make_attachment (HeraldValues *values)
{
  const char *digits = herald_values_get (values, "picture");
  g_autoptr(GBytes) bytes = NULL;
  HeraldAttachment content = { 0 };
  gsize length = 0;
  guchar *data;

  if (digits == NULL)
    return NULL;

  data = g_base64_decode (digits, &length);
  bytes = g_bytes_new_take (data, length);
  content.path = (char *) "/nowhere";
  content.media_type = (char *) herald_values_get (values, "media-type");
  content.suffix = (char *) herald_values_get (values, "suffix");
  content.bytes = bytes;
  content.n_bytes = length;

  return herald_attachment_new (&content);
}

static GBytes *
write_letter (HeraldValues *values)
{
  const char *date = herald_values_get (values, "created-ms");
  HeraldMessage content = {
    .kind = HERALD_KIND_PRINT_DONE,
    .printer_name = (char *) herald_values_get (values, "printer-name"),
    .title = (char *) herald_values_get (values, "title"),
    .text = (char *) herald_values_get (values, "text"),
    .file = (char *) herald_values_get (values, "file"),
    .created_ms = g_ascii_strtoll (date, NULL, 10),
  };
  const HeraldEmailHeader header = {
    .from = herald_values_get (values, "from"),
    .from_name = herald_values_get (values, "from-name"),
    .to = herald_values_get (values, "to"),
    .cc = herald_values_get (values, "cc"),
    .key = herald_values_get (values, "key"),
    .thread = herald_values_get (values, "thread"),
    .sms = herald_values_get_boolean (values, "sms", FALSE),
    .mms = herald_values_get_boolean (values, "mms", FALSE),
    .names_print = herald_values_get_boolean (values, "names-print", FALSE),
    .html = herald_values_get_boolean (values, "html", FALSE),
    .inline_picture = herald_values_get_boolean (values, "inline-picture", FALSE),
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(HeraldAttachment) attachment = make_attachment (values);
  g_autoptr(GError) error = NULL;
  GBytes *mail = herald_email_message_write (message, attachment, &header, &error);

  g_assert_no_error (error);

  return mail;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;

  setlocale (LC_ALL, "");
  g_assert_cmpint (argc, ==, 3);
  g_file_get_contents (argv[1], &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr(HeraldValues) values = herald_values_from_json (lines[i], strlen (lines[i]), &error);
      g_autoptr(GBytes) mail = NULL;
      g_autofree char *name = g_strdup_printf ("%u.eml", i);
      g_autofree char *path = g_build_filename (argv[2], name, NULL);

      g_assert_no_error (error);
      mail = write_letter (values);
      g_file_set_contents (path, g_bytes_get_data (mail, NULL), (gssize) g_bytes_get_size (mail), &error);
      g_assert_no_error (error);
    }

  return 0;
}
