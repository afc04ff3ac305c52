/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-picture-reader.h"
#include "fixtures/fake-printer.h"
#include "fixtures/http-recorder.h"

#define ANSWER(status, headers, body) "HTTP/1.1 " status "\r\nConnection: close\r\n" headers "\r\n" body
#define PICTURE "\xff\xd8\xff\xe0 picture"

/* @settings of its own: (nullable): the address its user has typed for a picture, the only key to trust */
HeraldPrinter *picture_reading_make_printer (const char                  *base_url,
                                             const char                  *typed,
                                             const char                  *pin);

/* Reads @source as the printer does. Returns (transfer full) (nullable): the bytes as a text */
char          *picture_reading_read         (HeraldPrinter               *printer,
                                             const HeraldPictureSource   *source,
                                             const HeraldPictureRequest  *request,
                                             GError                     **error);
