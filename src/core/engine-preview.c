/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-preview"

#include "core/engine-preview.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-preview-values.h"
#include "core/engine-private.h"
#include "core/routing/message-lint.h"
#include "core/routing/router.h"
#include "core/words/template.h"
#include "core/words/wording.h"

/* Everything that renderings of one request share */
typedef struct
{
  HeraldEngine *engine;
  HeraldEventKind kind;
  const HeraldRenderRequest *request;
  HeraldMessageSettings *settings;
  HeraldPreviewValues *source;
  HeraldValues *values;
} Preview;

static gboolean
preview_begin (Preview                    *self,
               HeraldEngine               *engine,
               HeraldEventKind             kind,
               const HeraldRenderRequest  *request,
               GError                    **error)
{
  HeraldEvent *event;

  *self = (Preview) { .engine = engine, .kind = kind, .request = request };
  self->source = herald_preview_values_find (engine, kind, request, error);
  if (self->source == NULL)
    return FALSE;

  event = self->source->event;
  self->settings = herald_message_settings_try (engine->config, kind, request->printer, request->changes);
  self->values = herald_wording_complete_values (kind, event->values, self->source->printer_name,
                                                 event->occurred_ms != 0 ? event->occurred_ms : event->observed_ms);

  return TRUE;
}

static void
preview_end (Preview *self)
{
  g_clear_pointer (&self->settings, herald_message_settings_free);
  g_clear_pointer (&self->source, herald_preview_values_free);
  g_clear_pointer (&self->values, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Preview, preview_end)

/* Each problem once: the same mistake may be in the words of several forms. */
static char **
end_problems (GStrvBuilder *builder)
{
  g_auto(GStrv) all = g_strv_builder_end (builder);
  g_autoptr(GStrvBuilder) unique = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **problem = all; *problem != NULL; problem++)
    {
      if (g_hash_table_add (seen, *problem))
        g_strv_builder_add (unique, *problem);
    }

  return g_strv_builder_end (unique);
}

static void
add_mistakes (GStrvBuilder    *problems,
              HeraldEventKind  kind,
              const char      *text)
{
  g_auto(GStrv) mistakes = herald_template_check (text, kind);

  g_strv_builder_addv (problems, (const char **) mistakes);
}

/* A phone gets words alone. */
static const char *
get_picture (Preview              *self,
             const HeraldTextForm *form,
             HeraldChannel        *channel)
{
  if (channel != NULL ? herald_channel_get_picture_form (channel) == NULL
                      : form != NULL && g_str_equal (form->id, "sms"))
    return "none";

  return self->settings->picture;
}

/* @form, @channel: (nullable) */
static double
get_price (const HeraldTextForm *form,
           HeraldChannel        *channel,
           HeraldWords          *words,
           const char           *picture)
{
  const HeraldPictureForm *picture_form = channel != NULL ? herald_channel_get_picture_form (channel) : NULL;
  double price = form != NULL ? herald_message_lint_get_price (form, words) : 0;

  if (picture_form != NULL && !g_str_equal (picture, "none"))
    price += (double) picture_form->price / 1e6;

  return price;
}

/* What is tried counts for what is looked at: for all forms that have no words of their own, or for that one. */
static const char *
choose_template (const char *tried,
                 const char *set,
                 gboolean    has_own_words,
                 gboolean    looks_at_one_form)
{
  return tried != NULL && (looks_at_one_form || !has_own_words) ? tried : set;
}

/* @form, @channel: (nullable) */
static HeraldRendering *
preview_render (Preview              *self,
                const HeraldTextForm *form,
                HeraldChannel        *channel,
                gboolean              is_only)
{
  const HeraldRenderRequest *request = self->request;
  const char *id = form != NULL ? form->words_id : NULL;
  HeraldMessageSettings *settings = self->settings;
  const char *title = choose_template (request->title, herald_message_settings_get_title (settings, id),
                                       herald_message_settings_has_words (settings, "title", id), is_only);
  const char *text = choose_template (request->text, herald_message_settings_get_text (settings, id),
                                      herald_message_settings_has_words (settings, "text", id), is_only);
  g_autofree char *full_text = herald_router_make_text_template (self->source->event, form, title, text);
  g_autoptr(HeraldWords) words = herald_words_new (form, title, full_text, self->values);
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();
  HeraldRendering *rendering = g_new0 (HeraldRendering, 1);

  if (form == NULL || form->title_max > 0)
    add_mistakes (problems, self->kind, title);
  add_mistakes (problems, self->kind, text);
  if (form != NULL)
    herald_message_lint_words (problems, form, words,
                               g_str_equal (self->source->from, "sample") ? HERALD_LINT_IMAGINED : HERALD_LINT_REAL);

  rendering->channel = channel != NULL ? g_strdup (herald_channel_get_id (channel)) : NULL;
  rendering->form = form;
  rendering->told = settings->enabled && (channel == NULL || herald_message_settings_allow (settings, rendering->channel));
  rendering->title = g_strdup (words->title);
  rendering->text = g_strdup (words->text);
  rendering->problems = end_problems (problems);
  rendering->length = words->length;
  rendering->shortened = words->surplus > 0;
  rendering->values_from = self->source->from;
  rendering->picture = g_strdup (get_picture (self, form, channel));
  rendering->price = get_price (form, channel, words, rendering->picture);

  return rendering;
}

static gboolean
find_target (HeraldEngine               *self,
             const HeraldRenderRequest  *request,
             HeraldChannel             **channel,
             const HeraldTextForm      **form,
             GError                    **error)
{
  *channel = NULL;
  *form = NULL;
  if (request->channel != NULL)
    {
      *channel = herald_engine_find_channel (self, request->channel);
      if (*channel == NULL)
        {
          g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                               _("There is no channel of that id; the list of channels shows all"));
          return FALSE;
        }
      *form = herald_text_form_find (herald_channel_get_form (*channel));
    }
  if (request->form != NULL)
    {
      *form = herald_text_form_find (request->form);
      if (*form == NULL)
        {
          g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("There is no form “%s”; there are desktop, email, sms, x and x-long"), request->form);
          return FALSE;
        }
    }

  return TRUE;
}

HeraldRendering *
herald_engine_render (HeraldEngine               *self,
                      HeraldEventKind             kind,
                      const HeraldRenderRequest  *request,
                      GError                    **error)
{
  g_auto(Preview) preview = { 0 };
  HeraldChannel *channel;
  const HeraldTextForm *form;

  if (!find_target (self, request, &channel, &form, error) || !preview_begin (&preview, self, kind, request, error))
    return NULL;

  return preview_render (&preview, form, channel, TRUE);
}

GPtrArray *
herald_engine_render_channels (HeraldEngine               *self,
                               HeraldEventKind             kind,
                               const HeraldRenderRequest  *request,
                               GError                    **error)
{
  GListModel *channels = herald_engine_get_channels (self);
  GPtrArray *renderings = NULL;
  g_auto(Preview) preview = { 0 };

  if (!preview_begin (&preview, self, kind, request, error))
    return NULL;

  renderings = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_rendering_free);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (herald_channel_get_enabled (channel))
        g_ptr_array_add (renderings, preview_render (&preview, herald_text_form_find (herald_channel_get_form (channel)),
                                                     channel, FALSE));
    }

  return renderings;
}

char **
herald_engine_lint_message (HeraldEngine    *self,
                            HeraldEventKind  kind,
                            const char      *printer)
{
  const HeraldRenderRequest request = { .printer = printer, .choice = HERALD_VALUES_SAMPLE };
  g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (self->config, kind, printer);
  g_autoptr(GPtrArray) renderings = herald_engine_render_channels (self, kind, &request, NULL);
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();

  herald_message_lint_templates (problems, kind, settings);
  for (guint i = 0; renderings != NULL && i < renderings->len; i++)
    {
      const HeraldRendering *rendering = g_ptr_array_index (renderings, i);

      if (rendering->told)
        g_strv_builder_addv (problems, (const char **) rendering->problems);
    }

  return end_problems (problems);
}

void
herald_rendering_free (HeraldRendering *self)
{
  g_free (self->channel);
  g_free (self->title);
  g_free (self->text);
  g_strfreev (self->problems);
  g_free (self->picture);
  g_free (self);
}
