/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-data"

#include "core/net/smtp-data.h"

#include <string.h>

/* Measured in 0.2 ms on a slow computer */
#define MEASURE_BYTES (256 * 1024)

/* With a picture of usual size; what is looked at anyway is kept as it goes over the wire */
#define SHORT_MAX_BYTES (128 * 1024)

/* Two writes' worth */
#define PORTION_BYTES (32 * 1024)

/* Every line end at most doubles, every dot too, and one line end may still be owed. */
#define WIRE_MAX_BYTES(n_bytes) (2 * (n_bytes) + 2)

/* For eight bytes at once */
#define EACH(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Where the wire's bytes go. @bytes: (nullable): %NULL to only count */
typedef struct
{
  char *bytes;
  gsize length;
  gsize n_stuffed;
  gboolean eight_bit;
} Wire;

static void
put (Wire       *wire,
     const char *bytes,
     gsize       length)
{
  if (wire->bytes != NULL)
    memcpy (wire->bytes + wire->length, bytes, length);
  wire->length += length;
}

static gboolean
is_plain (char c)
{
  return c != '\n' && c != '\r' && c != '\0';
}

/* Returns how many bytes follow that go out as they are. Eight at a time, up to the first that is below 0x0e, as line
 * ends and NUL are; of the bits that tell where such bytes are, only those above the first can be wrong. */
static gsize
get_run_length (const char *bytes,
                gsize       length,
                gboolean   *eight_bit)
{
  guint64 all = 0;
  gsize i = 0;

  while (i < length)
    {
      guint64 next = 0;
      guint64 low = EACH (0x80);
      guint n_high;

      if (length - i >= sizeof next)
        {
          memcpy (&next, bytes + i, sizeof next);
          next = GUINT64_FROM_LE (next);
          low = (next - EACH (0x0e)) & ~next & EACH (0x80);
        }
      if (low == 0)
        {
          all |= next;
          i += sizeof next;
          continue;
        }

      n_high = (guint) __builtin_ctzll (low) / 8;
      all |= next & ((G_GUINT64_CONSTANT (1) << 8 * n_high) - 1);
      i += n_high;
      if (!is_plain (bytes[i]))
        break;
      all |= (guchar) bytes[i++];
    }
  *eight_bit |= (all & EACH (0x80)) != 0;

  return i;
}

static void
take_line_end (HeraldSmtpData *self,
               Wire           *wire)
{
  if (self->owes_line_end)
    put (wire, "\r\n", 2);
  self->owes_line_end = TRUE;
  self->line_start = TRUE;
}

static void
take_run (HeraldSmtpData *self,
          Wire           *wire,
          const char     *run,
          gsize           length)
{
  if (self->owes_line_end)
    put (wire, "\r\n", 2);
  if (self->line_start && *run == '.')
    {
      put (wire, ".", 1);
      wire->n_stuffed++;
    }
  put (wire, run, length);
  self->owes_line_end = FALSE;
  self->line_start = FALSE;
}

/* Makes the line ends CRLF and doubles the dots at the start of lines (RFC 5321 4.5.2). Without
 * exception: a server that takes a lone LF or CR for a line end would otherwise see an end of the
 * message where there is none (CVE-2023-51764 and its kin). The last line end is owed for ever:
 * HERALD_SMTP_DATA_END brings it. */
static void
encode (HeraldSmtpData *self,
        gsize           max_bytes,
        Wire           *wire)
{
  gsize size;
  const char *message = g_bytes_get_data (self->message, &size);
  gsize end = self->position + MIN (size - self->position, max_bytes);

  while (self->position < end)
    {
      const char *here = message + self->position;
      gsize length = get_run_length (here, end - self->position, &wire->eight_bit);

      if (length > 0)
        take_run (self, wire, here, length);
      /* RFC 5321 4.5.2 knows no NUL in a message. */
      else if (*here != '\0' && !(*here == '\n' && self->after_cr))
        take_line_end (self, wire);

      self->after_cr = *here == '\r';
      self->position += MAX (length, 1);
    }
}

/**
 * herald_smtp_data_init:
 * @message: with line ends of any kind
 */
void
herald_smtp_data_init (HeraldSmtpData *self,
                       GBytes         *message)
{
  *self = (HeraldSmtpData) { .message = g_bytes_ref (message) };

  /* Of the last line's end */
  self->size_bytes = 2;
  herald_smtp_data_rewind (self);
}

/**
 * herald_smtp_data_measure:
 *
 * Looks at one more portion, in well below a millisecond.
 *
 * Returns: whether all of it has been looked at
 */
gboolean
herald_smtp_data_measure (HeraldSmtpData *self)
{
  gsize size = g_bytes_get_size (self->message);
  Wire wire = { .bytes = size <= SHORT_MAX_BYTES ? g_malloc (WIRE_MAX_BYTES (size)) : NULL };

  encode (self, MEASURE_BYTES, &wire);
  self->size_bytes += wire.length - wire.n_stuffed;
  self->eight_bit |= wire.eight_bit;
  if (wire.bytes != NULL)
    {
      g_clear_pointer (&self->wire, g_bytes_unref);
      self->wire = g_bytes_new_take (wire.bytes, wire.length);
    }

  return self->position == size;
}

/**
 * herald_smtp_data_rewind:
 *
 * The next portion is the first one.
 */
void
herald_smtp_data_rewind (HeraldSmtpData *self)
{
  self->position = 0;
  self->after_cr = FALSE;
  self->line_start = TRUE;
  self->owes_line_end = FALSE;
}

/**
 * herald_smtp_data_next:
 *
 * Returns: (transfer full) (nullable): the next portion as it goes over the wire; %NULL where
 *   HERALD_SMTP_DATA_END is due
 */
GBytes *
herald_smtp_data_next (HeraldSmtpData *self)
{
  gsize size = g_bytes_get_size (self->message);
  gboolean is_first = self->position == 0;
  Wire wire = { 0 };

  if (self->wire != NULL)
    {
      self->position = size;
      return is_first && g_bytes_get_size (self->wire) > 0 ? g_bytes_ref (self->wire) : NULL;
    }

  wire.bytes = g_malloc (WIRE_MAX_BYTES (PORTION_BYTES));
  while (wire.length == 0 && self->position < size)
    encode (self, PORTION_BYTES, &wire);
  if (wire.length > 0)
    return g_bytes_new_take (wire.bytes, wire.length);

  g_free (wire.bytes);
  return NULL;
}

void
herald_smtp_data_clear (HeraldSmtpData *self)
{
  g_clear_pointer (&self->message, g_bytes_unref);
  g_clear_pointer (&self->wire, g_bytes_unref);
}
