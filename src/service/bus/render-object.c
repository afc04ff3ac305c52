/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-render-object"

#include "service/bus/render-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-preview.h"
#include "core/routing/message-change.h"
#include "service/bus/arguments.h"
#include "service/bus/message-object.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

#define NAME_MAX_BYTES 64

static const char *const unit_ids[] = {
  [HERALD_UNIT_CHARACTERS] = "characters",
  [HERALD_UNIT_WEIGHTED] = "weighted",
  [HERALD_UNIT_SMS] = "sms",
  [HERALD_UNIT_BYTES] = "bytes",
};

static const char *const choice_ids[] = {
  [HERALD_VALUES_AUTO] = "auto",
  [HERALD_VALUES_CURRENT] = "current",
  [HERALD_VALUES_SAMPLE] = "sample",
};

/* @value stays %NULL if there is no such option. */
static gboolean
read_text (GVariant    *options,
           const char  *name,
           gsize        max_bytes,
           const char **value,
           GError     **error)
{
  g_variant_lookup (options, name, "&s", value);

  return *value == NULL || herald_arguments_check_text (*value, max_bytes, error);
}

static void
drop_empty (const char **value)
{
  if (*value != NULL && **value == '\0')
    *value = NULL;
}

static gboolean
read_choice (GVariant            *options,
             HeraldValuesChoice  *choice,
             GError             **error)
{
  const char *id = choice_ids[HERALD_VALUES_AUTO];

  g_variant_lookup (options, "values", "&s", &id);
  for (guint i = 0; i < G_N_ELEMENTS (choice_ids); i++)
    {
      if (g_str_equal (choice_ids[i], id))
        {
          *choice = (HeraldValuesChoice) i;
          return TRUE;
        }
    }

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be one of: %s"), "values",
               "auto, current, sample");
  return FALSE;
}

/* @changes stays %NULL if there is no such option. */
static gboolean
read_changes (HeraldEngine     *engine,
              HeraldEventKind   kind,
              GVariant         *options,
              HeraldValues    **changes,
              GError          **error)
{
  g_autoptr(GVariant) dictionary = g_variant_lookup_value (options, "changes", G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(HeraldValues) values = NULL;

  if (dictionary == NULL)
    return TRUE;

  values = herald_arguments_read_values (dictionary, error);
  if (values == NULL || !herald_message_changes_check (herald_engine_get_config (engine), kind, values, error))
    return FALSE;

  *changes = g_steal_pointer (&values);
  return TRUE;
}

/* Borrows its texts from @options. */
static gboolean
read_request (GVariant             *options,
              HeraldRenderRequest  *request,
              GError              **error)
{
  if (!read_text (options, "title", HERALD_MESSAGE_WORDS_MAX_BYTES, &request->title, error) ||
      !read_text (options, "text", HERALD_MESSAGE_WORDS_MAX_BYTES, &request->text, error) ||
      !read_text (options, "channel", NAME_MAX_BYTES, &request->channel, error) ||
      !read_text (options, "form", NAME_MAX_BYTES, &request->form, error) ||
      !read_choice (options, &request->choice, error))
    return FALSE;

  drop_empty (&request->channel);
  drop_empty (&request->form);
  g_variant_lookup (options, "event", "x", &request->event);

  return TRUE;
}

static void
add_text (GVariantBuilder *row,
          const char      *name,
          const char      *text)
{
  g_variant_builder_add (row, "{sv}", name, g_variant_new_string (text != NULL ? text : ""));
}

static void
add_rendering (GVariantBuilder       *row,
               const HeraldRendering *rendering)
{
  const HeraldTextForm *form = rendering->form;

  add_text (row, "title", rendering->title);
  add_text (row, "text", rendering->text);
  g_variant_builder_add (row, "{sv}", "problems",
                         g_variant_new_strv ((const char *const *) rendering->problems, -1));
  add_text (row, "channel", rendering->channel);
  add_text (row, "form", form != NULL ? form->id : "");
  g_variant_builder_add (row, "{sv}", "told", g_variant_new_boolean (rendering->told));
  add_text (row, "unit", unit_ids[form != NULL ? form->unit : HERALD_UNIT_CHARACTERS]);
  g_variant_builder_add (row, "{sv}", "length", g_variant_new_uint32 ((guint32) rendering->length.count));
  g_variant_builder_add (row, "{sv}", "limit", g_variant_new_uint32 (form != NULL ? form->text_max : 0));
  g_variant_builder_add (row, "{sv}", "segments", g_variant_new_uint32 (rendering->length.segments));
  g_variant_builder_add (row, "{sv}", "shortened", g_variant_new_boolean (rendering->shortened));
  g_variant_builder_add (row, "{sv}", "cost", g_variant_new_double (rendering->price));
  add_text (row, "values_from", rendering->values_from);
  add_text (row, "picture", rendering->picture);
}

static void
add_channels (GVariantBuilder *row,
              GPtrArray       *renderings)
{
  GVariantBuilder channels;

  g_variant_builder_init (&channels, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < renderings->len; i++)
    {
      g_variant_builder_open (&channels, G_VARIANT_TYPE_VARDICT);
      add_rendering (&channels, g_ptr_array_index (renderings, i));
      g_variant_builder_close (&channels);
    }
  g_variant_builder_add (row, "{sv}", "channels", g_variant_builder_end (&channels));
}

static GVariant *
render (HeraldEngine               *engine,
        HeraldEventKind             kind,
        const HeraldRenderRequest  *request,
        GError                    **error)
{
  g_autoptr(HeraldRendering) rendering = herald_engine_render (engine, kind, request, error);
  g_autoptr(GPtrArray) channels = NULL;
  GVariantBuilder row;

  if (rendering == NULL)
    return NULL;
  if (request->channel == NULL && request->form == NULL)
    {
      channels = herald_engine_render_channels (engine, kind, request, error);
      if (channels == NULL)
        return NULL;
    }

  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  add_rendering (&row, rendering);
  if (channels != NULL)
    add_channels (&row, channels);

  return g_variant_builder_end (&row);
}

static gboolean
on_handle_render (HeraldDBusService1    *object,
                  GDBusMethodInvocation *invocation,
                  const char            *kind_id,
                  const char            *printer,
                  GVariant              *options)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  HeraldRenderRequest request = { 0 };
  HeraldEventKind kind;
  GVariant *rendering = NULL;
  g_autoptr(HeraldValues) changes = NULL;
  g_autoptr(GError) error = NULL;

  if (herald_message_object_read_target (engine, kind_id, &printer, &kind, &error) &&
      read_request (options, &request, &error) && read_changes (engine, kind, options, &changes, &error))
    {
      request.changes = changes;
      request.printer = printer;
      rendering = render (engine, kind, &request, &error);
    }

  if (rendering != NULL)
    herald_dbus_service1_complete_render (object, invocation, rendering);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_render_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_render_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_render = on_handle_render;
}
