/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a person is to be told while a recording is played.
 * @versions: beginnings of the folders below tests/data/frames it holds for, with spaces between
 * @told: "kind[:progress][/source] …" */
typedef struct
{
  const char *versions;
  const char *scenario;
  const char *told;
} CapturedRow;

/* One value of the first message of @kind. @value: (nullable): NULL if there must be none */
typedef struct
{
  const char *versions;
  const char *scenario;
  const char *kind;
  const char *name;
  const char *value;
} CapturedValue;

extern const CapturedRow captured_rows[];
extern const guint n_captured_rows;
extern const CapturedValue captured_values[];
extern const guint n_captured_values;
