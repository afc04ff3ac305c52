/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-router"

#include "core/routing/router.h"

#include "core/outbox/delivery.h"
#include "core/routing/message-lint.h"
#include "core/words/template.h"
#include "core/words/wording.h"
#include "core/words/words.h"

/* What is said in one form: the same to all its channels
 * @message: (nullable): %NULL if there is nothing to say
 * @note: (nullable): what is wrong with the templates, for who wrote them, or was done to the words
 * @price: in microdollars */
typedef struct
{
  HeraldMessage *message;
  char *note;
  gint64 price;
} Saying;

/* An event on its way, and what was made of it so far */
typedef struct
{
  HeraldMessageSettings *settings;
  HeraldEvent *event;
  const char *printer_name;
  HeraldValues *values;
  GHashTable *sayings; /* by form */
} Route;

static void
saying_free (Saying *self)
{
  g_clear_pointer (&self->message, herald_message_unref);
  g_free (self->note);
  g_free (self);
}

/* Who reads the message cannot mend its template, so it is said in the history. */
static char *
make_note (HeraldEventKind       kind,
           const HeraldTextForm *form,
           const char           *title,
           const char           *text,
           HeraldWords          *words)
{
  g_autofree char *guard = form != NULL ? herald_message_lint_dup_guard (form, words) : NULL;
  gboolean has_title = form == NULL || form->title_max > 0;
  g_auto(GStrv) in_title = herald_template_check (has_title ? title : "", kind);
  g_auto(GStrv) in_text = herald_template_check (text, kind);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;

  g_strv_builder_addv (builder, (const char **) in_title);
  g_strv_builder_addv (builder, (const char **) in_text);
  if (guard != NULL)
    g_strv_builder_add (builder, guard);
  all = g_strv_builder_end (builder);

  return *all != NULL ? g_strjoinv (" ", all) : NULL;
}

/* The title stands in the history also where the form has none. */
static char *
make_title (Route       *route,
            HeraldWords *words,
            const char  *title)
{
  g_autoptr(HeraldWords) general = NULL;

  if (*words->title != '\0')
    return g_strdup (words->title);

  general = herald_words_new (NULL, title, "", route->values);

  return g_strdup (general->title);
}

static guint
get_percent (HeraldEvent *event)
{
  if (event->kind != HERALD_KIND_PRINT_PROGRESS && event->kind != HERALD_KIND_TRANSFER_PROGRESS)
    return 0;

  return (guint) CLAMP (herald_values_get_int (event->values, "progress", 0), 0, 100);
}

static Saying *
word (Route                *route,
      const HeraldTextForm *form)
{
  const char *id = form != NULL ? form->words_id : NULL;
  const char *title = herald_message_settings_get_title (route->settings, id);
  HeraldEvent *event = route->event;
  g_autofree char *text =
    herald_router_make_text_template (event, form, title, herald_message_settings_get_text (route->settings, id));
  g_autoptr(HeraldWords) words = herald_words_new (form, title, text, route->values);
  g_autofree char *full_title = NULL;
  Saying *saying = g_new0 (Saying, 1);

  if (herald_words_are_empty (words))
    {
      g_debug ("%s: nothing to say as %s", event->dedupe, id);
      return saying;
    }

  full_title = make_title (route, words, title);

  saying->note = make_note (event->kind, form, title, text, words);
  saying->price = form != NULL ? herald_message_lint_get_microdollars (form, words) : 0;
  saying->message = herald_message_new (&(HeraldMessage) {
    .kind = event->kind,
    .urgency = event->urgency,
    .printer = event->printer,
    .printer_name = (char *) route->printer_name,
    .title = full_title,
    .text = words->text,
    .job = event->job,
    .file = (char *) herald_values_get (route->values, "name"),
    .percent = get_percent (event),
    .occurred_ms = event->occurred_ms,
    .created_ms = event->observed_ms,
  });

  return saying;
}

/* Worded once for each form, and not at all for a message that is switched off. */
static const Saying *
get_saying (Route         *route,
            HeraldChannel *channel)
{
  const HeraldTextForm *form = herald_text_form_find (herald_channel_get_form (channel));
  HeraldEvent *event = route->event;

  if (route->values == NULL)
    route->values = herald_wording_complete_values (event->kind, event->values, route->printer_name,
                                                    event->occurred_ms != 0 ? event->occurred_ms : event->observed_ms);
  if (!g_hash_table_contains (route->sayings, form))
    g_hash_table_insert (route->sayings, (gpointer) form, word (route, form));

  return g_hash_table_lookup (route->sayings, form);
}

static void
add_drafts (GPtrArray     *drafts,
            HeraldChannel *channel,
            const Saying  *saying)
{
  const HeraldChannelType *type = herald_channel_get_channel_type (channel);
  const HeraldPictureForm *picture = herald_channel_get_picture_form (channel);
  guint lifetime_s = herald_event_kind_get_info (saying->message->kind)->lifetime[type->reach];
  g_auto(GStrv) destinations = herald_channel_dup_destinations (channel);

  for (char **destination = destinations; *destination != NULL; destination++)
    {
      HeraldDraft *draft = herald_draft_new (herald_channel_get_id (channel), type->id, *destination, lifetime_s,
                                             saying->message);

      draft->note = g_strdup (saying->note);
      draft->price = saying->price;
      draft->picture_price = picture != NULL ? picture->price : 0;
      g_ptr_array_add (drafts, draft);
    }
}

static void
route_init (Route        *route,
            HeraldConfig *config,
            HeraldEvent  *event,
            const char   *printer_name)
{
  *route = (Route) {
    .settings = herald_message_settings_load (config, event->kind, event->printer),
    .event = event,
    .printer_name = printer_name,
    .sayings = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) saying_free),
  };
}

static void
route_clear (Route *route)
{
  g_clear_pointer (&route->settings, herald_message_settings_free);
  g_clear_pointer (&route->values, g_hash_table_unref);
  g_clear_pointer (&route->sayings, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Route, route_clear)

/* Whom the channel reaches is not looked at. */
static HeraldVerdict
judge (Route         *route,
       HeraldChannel *channel)
{
  if (!route->settings->enabled)
    return HERALD_VERDICT_MESSAGE_OFF;
  if (!herald_channel_get_enabled (channel))
    return HERALD_VERDICT_CHANNEL_OFF;
  if (!herald_message_settings_allow (route->settings, herald_channel_get_id (channel)))
    return HERALD_VERDICT_NOT_CHOSEN;

  return get_saying (route, channel)->message != NULL ? HERALD_VERDICT_TOLD : HERALD_VERDICT_NO_WORDS;
}

/**
 * herald_router_route:
 * @channels: a list of #HeraldChannel
 * @printer_name: what people call the printer; empty if it concerns none
 * @only_channels: (nullable): `all` or ids separated by commas, instead of what is set
 *
 * Says what goes where, in the words of each channel's form. A channel that is
 * switched off gets nothing, nor does one to which the words have nothing to
 * say; one that is held gets its messages when it is resumed.
 *
 * Returns: (transfer full) (element-type HeraldDraft): the deliveries to make, often none
 */
GPtrArray *
herald_router_route (HeraldConfig *config,
                     GListModel   *channels,
                     HeraldEvent  *event,
                     const char   *printer_name,
                     const char   *only_channels)
{
  g_auto(Route) route = { 0 };
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_draft_free);

  route_init (&route, config, event, printer_name);
  if (only_channels != NULL)
    {
      g_free (route.settings->channels);
      route.settings->channels = g_strdup (only_channels);
    }

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (judge (&route, channel) == HERALD_VERDICT_TOLD)
        add_drafts (drafts, channel, get_saying (&route, channel));
    }

  return drafts;
}

/**
 * herald_router_judge:
 * @printer_name: what people call the printer; empty if it concerns none
 *
 * Returns: what herald_router_route() would make of @event for @channel now, and why
 */
HeraldVerdict
herald_router_judge (HeraldConfig  *config,
                     HeraldChannel *channel,
                     HeraldEvent   *event,
                     const char    *printer_name)
{
  g_auto(Route) route = { 0 };
  g_auto(GStrv) destinations = herald_channel_dup_destinations (channel);
  HeraldVerdict verdict;

  route_init (&route, config, event, printer_name);
  verdict = judge (&route, channel);

  return verdict == HERALD_VERDICT_TOLD && *destinations == NULL ? HERALD_VERDICT_NOBODY : verdict;
}

/**
 * herald_router_make_text_template:
 * @form: (nullable): how it goes out
 * @title: the template for the title
 * @text: the template for the text
 *
 * What was found out afterwards must say so, also in the words of somebody who
 * has not thought of it; but where nothing is to be said, nothing is.
 *
 * Returns: (transfer full): the template for the text of @event
 */
char *
herald_router_make_text_template (HeraldEvent          *event,
                                  const HeraldTextForm *form,
                                  const char           *title,
                                  const char           *text)
{
  gboolean says_nothing = *text == '\0' && form != NULL && form->title_max == 0;
  gboolean found_out = event->source == HERALD_SOURCE_RECONCILED ||
                       event->source == HERALD_SOURCE_INFERRED;

  if (!found_out || says_nothing || herald_values_get (event->values, "away") == NULL ||
      herald_template_uses (text, "away") || herald_template_uses (title, "away"))
    return g_strdup (text);

  return g_strconcat (text, " {away}", NULL);
}
