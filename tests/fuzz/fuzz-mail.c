/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-mail"

#include "fuzz/fuzz.h"

#include <string.h>

#include "fuzz/mail-check.h"

/* A mail: what it looks like in the first byte, then its pieces, parted by a byte that is in no text; what is behind the
 * last of them is a picture. */
#define SEPARATOR 0xff

#define PHONE 0x01
#define PHONE_TAKES_PICTURES 0x02
#define NAMES_PRINT 0x04
#define HTML 0x08
#define PICTURE_WITHIN 0x10
#define ONE_RECIPIENT 0x20
#define OF_A_PRINT 0x40
#define FILM 0x80

enum
{
  TITLE,
  TEXT,
  PRINTER,
  FILE_NAME,
  SENDER_NAME,
  RECIPIENTS,
  COPIES,
  SENDER,
  N_PIECES,
};

static HeraldAttachment *
make_attachment (const guint8 *data,
                 gsize         size,
                 gboolean      is_film)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  HeraldAttachment content = {
    .path = (char *) "/nowhere",
    .media_type = (char *) (is_film ? "video/mp4" : "image/jpeg"),
    .suffix = (char *) (is_film ? "mp4" : "jpg"),
    .n_bytes = size,
    .width = (guint) size,
    .bytes = bytes,
  };

  return size > 0 ? herald_attachment_new (&content) : NULL;
}

static void
check (guint8            look,
       char             *pieces[N_PIECES],
       HeraldAttachment *attachment)
{
  g_auto(GStrv) senders = herald_email_message_dup_addresses (pieces[SENDER]);
  HeraldMessage content = {
    .kind = HERALD_KIND_PRINT_DONE,
    .printer_name = pieces[PRINTER],
    .title = pieces[TITLE],
    .text = pieces[TEXT],
    .file = pieces[FILE_NAME],
    .created_ms = G_GINT64_CONSTANT (1795228393000),
  };
  const HeraldEmailHeader header = {
    .from = *senders != NULL ? *senders : "herald@example.org",
    .from_name = pieces[SENDER_NAME],
    .to = pieces[RECIPIENTS],
    .cc = pieces[COPIES],
    .only_recipient = look & ONE_RECIPIENT ? "one@example.org" : NULL,
    .key = "0123456789abcdef0123456789abcdef",
    .thread = look & OF_A_PRINT ? "fedcba9876543210fedcba9876543210" : NULL,
    .sms = (look & PHONE) != 0,
    .mms = (look & PHONE_TAKES_PICTURES) != 0,
    .names_print = (look & NAMES_PRINT) != 0,
    .html = (look & HTML) != 0,
    .inline_picture = (look & PICTURE_WITHIN) != 0,
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  g_autoptr(GBytes) mail = mail_check (message, attachment, &header);
  g_autoptr(GBytes) again = herald_email_message_write (message, attachment, &header, NULL);

  g_assert_true (g_bytes_equal (mail, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = data + size;
  guint8 look = size > 0 ? *data++ : 0;
  char *pieces[N_PIECES] = { NULL };
  g_autoptr(HeraldAttachment) attachment = NULL;

  for (guint i = 0; i < N_PIECES; i++)
    {
      const guint8 *stop = data < end ? memchr (data, SEPARATOR, (gsize) (end - data)) : NULL;

      if (stop == NULL)
        stop = end;
      pieces[i] = g_strndup ((const char *) data, (gsize) (stop - data));
      data = MIN (stop + 1, end);
    }
  attachment = make_attachment (data, (gsize) (end - data), (look & FILM) != 0);
  check (look, pieces, attachment);
  for (guint i = 0; i < N_PIECES; i++)
    g_free (pieces[i]);

  return 0;
}
