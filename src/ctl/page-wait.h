/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HeraldPageWaitKind:
 * @method: asks for the page
 * @call_limit_ms: how long that may take
 * @cancel_method: gives it up
 * @state: property: empty, “waiting”, @granted, or something else that has failed
 * @problem: property: why, a sentence
 * @until: property: how long a person has time
 * @granted: the state in which it has come out well
 * @limit_s: whatever has not ended so long after it was asked never will
 *
 * What a person allows on a page of somebody else, while we wait. The rest are the sentences, untranslated; in @countdown
 * “{time}” stands for what is left, e.g. 4:41.
 */
typedef struct
{
  const char *method;
  int call_limit_ms;
  const char *cancel_method;
  const char *state;
  const char *problem;
  const char *until;
  const char *granted;
  gint64 limit_s;
  const char *invitation;
  const char *countdown;
  const char *thanks;
  const char *withdrawn;
  const char *removed;
  const char *late;
} HeraldPageWaitKind;

/**
 * HeraldPageWait:
 * @object: that has the methods and properties
 * @manager: which tells when @object is gone
 * @json: one object a line instead of sentences
 * @opens_browser: whether to show the page, too
 * @on_page: (nullable): called once when the page was told
 *
 * One wait. The rest is page-wait.c’s; starts zeroed.
 */
typedef struct _HeraldPageWait HeraldPageWait;

struct _HeraldPageWait
{
  const HeraldPageWaitKind *kind;
  GDBusProxy *object;
  GDBusObjectManager *manager;
  gboolean json;
  gboolean opens_browser;
  void (*on_page) (HeraldPageWait *self,
                   gpointer        user_data);
  gpointer user_data;

  GMainLoop *loop;
  gint64 started_us;
  gboolean has_page;
  gboolean is_withdrawn;
  GError *error;
};

gboolean herald_page_wait_run             (HeraldPageWait  *self,
                                           GError         **error);

/* For @on_page, and what it begins */
gboolean herald_page_wait_is_withdrawn    (HeraldPageWait  *self);
void     herald_page_wait_clear_countdown (HeraldPageWait  *self);
void     herald_page_wait_end             (HeraldPageWait  *self,
                                           GError          *taken_error);

G_END_DECLS
