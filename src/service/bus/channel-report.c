/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-report"

#include "service/bus/channel-report.h"

#include <glib/gi18n-lib.h>

#include "service/bus/channel-doubts.h"

/* How far one delivery came
 * @n_passed: how many of the steps it has behind it
 * @failed: (nullable): the step at which it stopped */
typedef struct
{
  HeraldDelivery *delivery;
  HeraldAttemptRecord *attempt;
  guint n_passed;
  const HeraldChannelStep *failed;
} Trail;

static void
trail_free (gpointer data)
{
  Trail *self = data;

  g_clear_pointer (&self->attempt, herald_attempt_record_free);
  g_free (self);
}

static guint
count_steps (const HeraldChannelStep *steps)
{
  guint n_steps = 0;

  while (steps[n_steps].name != NULL)
    n_steps++;

  return n_steps;
}

static Trail *
follow (const HeraldChannelReport *self,
        HeraldDelivery            *delivery)
{
  const HeraldChannelStep *steps = herald_channel_get_steps (self->channel);
  guint n_steps = count_steps (steps);
  Trail *trail = g_new0 (Trail, 1);

  trail->delivery = delivery;
  trail->attempt = herald_outbox_query_attempt (self->outbox, delivery->id);
  if (delivery->state == HERALD_DELIVERY_DELIVERED)
    trail->n_passed = n_steps;
  for (guint i = 0; i < n_steps && trail->n_passed == 0 && trail->attempt != NULL; i++)
    {
      if (g_strcmp0 (steps[i].name, trail->attempt->step) != 0)
        continue;

      trail->failed = &steps[i];
      trail->n_passed = i;
      break;
    }

  return trail;
}

/* What is refused for good says most, then what failed and is tried again, then what is not over. */
static guint
rate (const Trail *trail)
{
  if (trail->delivery->state == HERALD_DELIVERY_DELIVERED)
    return 0;
  if (trail->attempt == NULL)
    return 1;

  return herald_delivery_state_is_final (trail->delivery->state) ? 3 : 2;
}

static Trail *
find_worst (GPtrArray *trails)
{
  Trail *worst = g_ptr_array_index (trails, 0);

  for (guint i = 1; i < trails->len; i++)
    {
      Trail *trail = g_ptr_array_index (trails, i);

      if (rate (trail) > rate (worst))
        worst = trail;
    }

  return worst;
}

static void
add_text (GVariantDict *dict,
          const char   *name,
          const char   *text)
{
  g_variant_dict_insert (dict, name, "s", text != NULL ? text : "");
}

/* A step is done if one message has got over it, unless another was stopped there. */
static GVariant *
make_steps (const HeraldChannelReport *self,
            GPtrArray                 *trails)
{
  const HeraldChannelStep *steps = herald_channel_get_steps (self->channel);
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; steps[i].name != NULL; i++)
    {
      gboolean is_passed = FALSE;
      gboolean is_failed = FALSE;
      GVariantDict row;

      for (guint j = 0; j < trails->len; j++)
        {
          Trail *trail = g_ptr_array_index (trails, j);

          is_passed |= trail->n_passed > i;
          is_failed |= trail->failed == &steps[i];
        }

      g_variant_dict_init (&row, NULL);
      add_text (&row, "name", steps[i].name);
      add_text (&row, "label", _(steps[i].label));
      add_text (&row, "result", is_failed ? "failed" : is_passed ? "done" : "open");
      g_variant_dict_insert (&row, "ok", "b", is_passed && !is_failed);
      g_variant_builder_add_value (&rows, g_variant_dict_end (&row));
    }

  return g_variant_builder_end (&rows);
}

static GVariant *
make_recipients (const HeraldChannelReport *self,
                 GPtrArray                 *trails)
{
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  /* The history has the newest first, people have the first first. */
  for (guint i = trails->len; i > 0; i--)
    {
      Trail *trail = g_ptr_array_index (trails, i - 1);
      const HeraldDelivery *delivery = trail->delivery;
      GVariantDict row;

      g_variant_dict_init (&row, NULL);
      add_text (&row, "destination", delivery->destination);
      add_text (&row, "state", herald_delivery_state_to_id (delivery->state));
      add_text (&row, "reason", delivery->reason);
      add_text (&row, "step", trail->failed != NULL ? trail->failed->name : NULL);
      add_text (&row, "words", trail->attempt != NULL ? trail->attempt->words : NULL);
      g_variant_dict_insert (&row, "code", "i", trail->attempt != NULL ? trail->attempt->code : 0);
      add_text (&row, "doubt", herald_channel_doubts_get (self->doubts, delivery->destination));
      g_variant_builder_add_value (&rows, g_variant_dict_end (&row));
    }

  return g_variant_builder_end (&rows);
}

static const char *
get_reason (const HeraldChannelReport *self,
            const Trail               *worst)
{
  if (worst->delivery->reason != NULL)
    return worst->delivery->reason;
  if (self->is_late)
    return _("There is no answer yet; the history will show what becomes of it");

  return NULL;
}

/* Whether the other side has answered and only wants us to come later: SMTP and HTTP say so with 4xx, and what they say
 * of one recipient stops nobody else. */
static gboolean
is_put_off (const HeraldChannelReport *self,
            const Trail               *worst)
{
  return worst->delivery->state == HERALD_DELIVERY_DEFERRED && herald_channel_get_problem (self->channel) == NULL &&
         (worst->attempt->code / 100 == 4 || herald_channel_get_wait_reason (self->channel) == NULL);
}

static char *
dup_advice (const HeraldChannelReport *self,
            const Trail               *worst)
{
  if (worst->failed == NULL)
    return NULL;
  if (is_put_off (self, worst))
    return g_strdup (_("Nothing for now: it is tried again by itself."));
  if (herald_channel_get_problem (self->channel) == NULL)
    return g_strdup (_(worst->failed->advice));

  /* Translators: a sentence that says what to check */
  return g_strdup_printf (_("%s What waits is sent when you have changed it."), _(worst->failed->advice));
}

/* Returns: (transfer full) (nullable): where one sees what was sent */
static char *
dup_link (const HeraldChannelReport *self,
          const HeraldDelivery      *delivery)
{
  const char *link = herald_channel_get_channel_type (self->channel)->link;

  return link != NULL && delivery->remote_id != NULL ? g_strconcat (link, delivery->remote_id, NULL) : NULL;
}

/**
 * herald_channel_report_make:
 *
 * Returns: (transfer floating): a vardict as Test of the D-Bus interface Channel1 answers it
 */
GVariant *
herald_channel_report_make (const HeraldChannelReport *self)
{
  g_autoptr(GPtrArray) trails = g_ptr_array_new_with_free_func (trail_free);
  g_autofree char *advice = NULL;
  g_autofree char *link = NULL;
  const Trail *worst;
  GVariantDict report;

  for (guint i = 0; i < self->deliveries->len; i++)
    g_ptr_array_add (trails, follow (self, g_ptr_array_index (self->deliveries, i)));
  worst = find_worst (trails);
  advice = dup_advice (self, worst);
  link = dup_link (self, worst->delivery);

  g_variant_dict_init (&report, NULL);
  add_text (&report, "state", herald_delivery_state_to_id (worst->delivery->state));
  add_text (&report, "reason", get_reason (self, worst));
  add_text (&report, "step", worst->failed != NULL ? worst->failed->name : NULL);
  add_text (&report, "advice", advice);
  add_text (&report, "words", worst->attempt != NULL ? worst->attempt->words : NULL);
  g_variant_dict_insert (&report, "code", "i", worst->attempt != NULL ? worst->attempt->code : 0);
  add_text (&report, "picture", worst->delivery->picture != NULL ? worst->delivery->picture_kind : "none");
  add_text (&report, "note", worst->delivery->note);
  add_text (&report, "link", link);
  add_text (&report, "doubt", herald_channel_doubts_get (self->doubts, NULL));
  g_variant_dict_insert_value (&report, "steps", make_steps (self, trails));
  g_variant_dict_insert_value (&report, "recipients", make_recipients (self, trails));

  return g_variant_dict_end (&report);
}
