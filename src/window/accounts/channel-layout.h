/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HERALD_LAYOUT_GROUPS_MAX 4
#define HERALD_LAYOUT_FIELDS_MAX 8

/**
 * HeraldLayoutGroup:
 * @title: (nullable): untranslated
 * @is_folded: whether it is found out by itself, mostly
 * @names: of fields, in their order
 */
typedef struct
{
  const char *title;
  gboolean is_folded;
  const char *names[HERALD_LAYOUT_FIELDS_MAX];
} HeraldLayoutGroup;

/**
 * HeraldChannelLayout:
 * @kind: what people add; several can be of one type
 * @name: what people call it; untranslated; %NULL: as its type
 * @type: of the service
 * @description: one sentence; untranslated
 * @groups: what is needed; other fields are folded away
 * @hidden: fields that make no sense for this kind
 */
typedef struct
{
  const char *kind;
  const char *name;
  const char *type;
  const char *description;
  HeraldLayoutGroup groups[HERALD_LAYOUT_GROUPS_MAX];
  const char *hidden[HERALD_LAYOUT_FIELDS_MAX];
} HeraldChannelLayout;

/**
 * HeraldFieldCondition:
 *
 * A field that is shown only while another has a certain value.
 */
typedef struct
{
  const char *type;
  const char *name;
  const char *other;
  const char *value;
} HeraldFieldCondition;

const HeraldChannelLayout *herald_channel_layout_find       (const char *kind);
/* In the order in which they are offered; NULL after the last. A type of a newer service has none. */
const HeraldChannelLayout *herald_channel_layout_get_nth    (guint       position);
gboolean                   herald_channel_layout_has_type   (const char *type);
const HeraldFieldCondition *herald_channel_layout_get_conditions (guint *n_conditions);

G_END_DECLS
