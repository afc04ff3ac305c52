/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-form"

#include "core/channels/x/x-form.h"

#include <string.h>

#include "core/net/oauth1.h"

static GBytes *
take_text (char *take_text)
{
  return g_bytes_new_take (take_text, strlen (take_text));
}

/**
 * herald_x_form_new:
 * @field: name of the field beside `media`; X takes no third one
 * @value: of that field
 * @media_type: of the file
 */
HeraldXForm *
herald_x_form_new (const char *field,
                   const char *value,
                   const char *media_type,
                   GBytes     *media)
{
  HeraldXForm *self = g_new0 (HeraldXForm, 1);
  /* 128 bits of chance: no file has them in it. */
  g_autofree char *boundary = herald_oauth1_make_nonce ();

  self->content_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
  self->body[0] = take_text (g_strdup_printf ("--%s\r\n"
                                              "Content-Disposition: form-data; name=\"%s\"\r\n\r\n"
                                              "%s\r\n"
                                              "--%s\r\n"
                                              "Content-Disposition: form-data; name=\"media\"; filename=\"media\"\r\n"
                                              "Content-Type: %s\r\n\r\n",
                                              boundary, field, value, boundary, media_type));
  self->body[1] = g_bytes_ref (media);
  self->body[2] = take_text (g_strdup_printf ("\r\n--%s--\r\n", boundary));

  return self;
}

void
herald_x_form_free (HeraldXForm *self)
{
  for (guint i = 0; i < HERALD_X_FORM_PIECES; i++)
    g_clear_pointer (&self->body[i], g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}
