/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/base/field-row.h"

G_BEGIN_DECLS

#define HERALD_TYPE_FIELD_GROUP (herald_field_group_get_type ())
G_DECLARE_FINAL_TYPE (HeraldFieldGroup, herald_field_group, HERALD, FIELD_GROUP, GObject)

/* The rows of one table (@fields: aa{sv}), which the caller puts where they belong. Signals: changed and settled, each with the
 * name of a field. */
HeraldFieldGroup *herald_field_group_new         (GVariant            *fields);

guint             herald_field_group_get_n_rows  (HeraldFieldGroup    *self);
HeraldFieldRow   *herald_field_group_get_nth     (HeraldFieldGroup    *self,
                                                  guint                position);
HeraldFieldRow   *herald_field_group_get_row     (HeraldFieldGroup    *self,
                                                  const char          *name);
/* Those named, in this order, as far as the table has them. Returns: how many there were */
guint             herald_field_group_add_to      (HeraldFieldGroup    *self,
                                                  AdwPreferencesGroup *group,
                                                  const char *const   *names);

/* Values are a{ss}. What is not among them is set to nothing. */
void              herald_field_group_set_values  (HeraldFieldGroup    *self,
                                                  GVariant            *values);
char             *herald_field_group_dup_value   (HeraldFieldGroup    *self,
                                                  const char          *name);
void              herald_field_group_set_value   (HeraldFieldGroup    *self,
                                                  const char          *name,
                                                  const char          *value);
void              herald_field_group_propose     (HeraldFieldGroup    *self,
                                                  const char          *name,
                                                  const char          *value);
/* (transfer floating): what a person has changed since it was set */
GVariant         *herald_field_group_make_changes (HeraldFieldGroup   *self);
/* (transfer floating): the secrets that were typed where one can be seen to be wanted */
GVariant         *herald_field_group_make_secrets (HeraldFieldGroup   *self);
gboolean          herald_field_group_is_changed  (HeraldFieldGroup    *self);

/* Looks at every visible row. The first that is wrong gets the focus. */
gboolean          herald_field_group_check       (HeraldFieldGroup    *self);
/* What the service has said of a field, shown at its row. Returns: FALSE if it is about none of them */
gboolean          herald_field_group_show_error  (HeraldFieldGroup    *self,
                                                  const GError        *error);

G_END_DECLS
