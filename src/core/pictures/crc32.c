/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-crc32"

#include "core/pictures/crc32.h"

#define POLYNOMIAL 0xedb88320u

static const guint32 *
get_table (void)
{
  static guint32 table[256];

  if (table[1] == 0)
    {
      for (guint32 i = 0; i < G_N_ELEMENTS (table); i++)
        {
          guint32 rest = i;

          for (guint bit = 0; bit < 8; bit++)
            rest = (rest >> 1) ^ ((rest & 1) != 0 ? POLYNOMIAL : 0);
          table[i] = rest;
        }
    }

  return table;
}

guint32
herald_crc32 (const guint8 *data,
              gsize         length)
{
  const guint32 *table = get_table ();
  guint32 sum = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    sum = (sum >> 8) ^ table[(sum ^ data[i]) & 0xff];

  return ~sum;
}
