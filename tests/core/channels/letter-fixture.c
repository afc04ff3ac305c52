/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-letter-fixture"

#include "letter-fixture.h"

#include "fuzz/mail-check.h"

const HeraldEmailHeader letter_header = {
  .from = "herald@example.org",
  .to = "maker@example.org",
  .cc = "anna@example.org",
  .key = "0123456789abcdef",
  .thread = "fedcba9876543210",
};

HeraldMessage *
letter_make_message (const char *title,
              const char *text)
{
  HeraldMessage content = {
    .kind = HERALD_KIND_PRINT_DONE,
    .printer_name = (char *) "MK4",
    .title = (char *) title,
    .text = (char *) text,
    .job = (char *) "cube@1",
    .file = (char *) "cube.gcode",
    .created_ms = G_GINT64_CONSTANT (1795228393000),
  };

  return herald_message_new (&content);
}

static HeraldAttachment *
make_picture (const char *media_type)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\xff\xd8 a picture", 12);
  HeraldAttachment content = {
    .path = (char *) "/nowhere",
    .media_type = (char *) media_type,
    .suffix = (char *) "jpg",
    .width = 320,
    .n_bytes = 12,
    .bytes = bytes,
  };

  return herald_attachment_new (&content);
}

/* What a reader of its own finds in it is checked by mail_check(). */
GBytes *
letter_write (const HeraldEmailHeader *header,
             const char              *title,
             const char              *text,
             const char              *media_type)
{
  g_autoptr(HeraldMessage) message = letter_make_message (title, text);
  g_autoptr(HeraldAttachment) picture = media_type != NULL ? make_picture (media_type) : NULL;

  return mail_check (message, picture, header);
}

MailPart *
letter_read (const HeraldEmailHeader *header,
            const char              *title,
            const char              *text,
            const char              *media_type)
{
  g_autoptr(GBytes) bytes = letter_write (header, title, text, media_type);
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return mail_part_read (data, length);
}
