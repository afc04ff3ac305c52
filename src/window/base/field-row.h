/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HERALD_TYPE_FIELD_ROW (herald_field_row_get_type ())
G_DECLARE_FINAL_TYPE (HeraldFieldRow, herald_field_row, HERALD, FIELD_ROW, AdwPreferencesRow)

/* @field: a{sv} as ListChannelTypes or ListPreferences of the D-Bus API describe one. Of its keys only `name` has to be there;
 * the others are kind, label, hint, fallback, required, secret, choices, choice_labels, value, condition, problem.
 * Signals: changed, at each change that a person makes; settled, when such a change is over: at once where it is a choice, else
 * on Enter and when the focus leaves. */
GtkWidget  *herald_field_row_new         (GVariant       *field);

const char *herald_field_row_get_name    (HeraldFieldRow *self);
gboolean    herald_field_row_is_secret   (HeraldFieldRow *self);
gboolean    herald_field_row_is_required (HeraldFieldRow *self);

/* What a table that was asked for again says of value, condition and problem. What is just being typed stays. */
void        herald_field_row_update      (HeraldFieldRow *self,
                                          GVariant       *field);

/* As text, as the service has it: "true", the id of a choice, "465"; empty: not set */
char       *herald_field_row_dup_value   (HeraldFieldRow *self);
void        herald_field_row_set_value   (HeraldFieldRow *self,
                                          const char     *value);
/* Shown as if a person had typed it, and nobody is told */
void        herald_field_row_propose     (HeraldFieldRow *self,
                                          const char     *value);
/* Whether it is another value than the one that was set last */
gboolean    herald_field_row_is_changed  (HeraldFieldRow *self);

/* For a secret of which one is kept already: empty then means that it stays. */
void        herald_field_row_set_stored  (HeraldFieldRow *self,
                                          gboolean        is_stored);
/* In place of what the table says */
void        herald_field_row_set_label   (HeraldFieldRow *self,
                                          const char     *label);
void        herald_field_row_set_hint    (HeraldFieldRow *self,
                                          const char     *hint);
void        herald_field_row_set_problem (HeraldFieldRow *self,
                                          const char     *problem);
const char *herald_field_row_get_problem (HeraldFieldRow *self);
/* Whether what is there can be right by itself; if not, the row says why. What was said of a secret stays until another is
 * typed. */
gboolean    herald_field_row_check       (HeraldFieldRow *self);

G_END_DECLS
