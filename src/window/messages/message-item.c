/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-item"

#include "window/messages/message-item.h"

/**
 * HeraldMessageItem:
 *
 * A message as it is set, for all printers or for one, and how it would read now. It stays the same object while its settings
 * change, and never becomes that of another printer.
 */
struct _HeraldMessageItem
{
  GObject parent_instance;

  GVariant *row;
  char *printer;
  GVariant *options;
  GVariant *rendering; /* NULL until it is known */
};

G_DEFINE_FINAL_TYPE (HeraldMessageItem, herald_message_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* GObject */

static void
herald_message_item_finalize (GObject *object)
{
  HeraldMessageItem *self = HERALD_MESSAGE_ITEM (object);

  g_clear_pointer (&self->row, g_variant_unref);
  g_clear_pointer (&self->options, g_variant_unref);
  g_clear_pointer (&self->rendering, g_variant_unref);
  g_clear_pointer (&self->printer, g_free);

  G_OBJECT_CLASS (herald_message_item_parent_class)->finalize (object);
}

static void
herald_message_item_class_init (HeraldMessageItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_message_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_message_item_init (HeraldMessageItem *self)
{
}

HeraldMessageItem *
herald_message_item_new (GVariant   *row,
                         const char *printer)
{
  HeraldMessageItem *self = g_object_new (HERALD_TYPE_MESSAGE_ITEM, NULL);

  self->printer = g_strdup (printer);
  herald_message_item_set_row (self, row);

  return self;
}

void
herald_message_item_set_row (HeraldMessageItem *self,
                             GVariant          *row)
{
  if (self->row != NULL && g_variant_equal (self->row, row))
    return;

  g_variant_ref (row);
  g_clear_pointer (&self->row, g_variant_unref);
  self->row = row;
  g_clear_pointer (&self->options, g_variant_unref);
  self->options = g_variant_lookup_value (row, "options", G_VARIANT_TYPE ("a{ss}"));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
herald_message_item_set_rendering (HeraldMessageItem *self,
                                   GVariant          *rendering)
{
  if (self->rendering != NULL && g_variant_equal (self->rendering, rendering))
    return;

  g_clear_pointer (&self->rendering, g_variant_unref);
  self->rendering = g_variant_ref (rendering);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
herald_message_item_get_kind (HeraldMessageItem *self)
{
  return herald_message_item_get (self, "kind");
}

const char *
herald_message_item_get_name (HeraldMessageItem *self)
{
  return herald_message_item_get (self, "name");
}

const char *
herald_message_item_get_printer (HeraldMessageItem *self)
{
  return self->printer;
}

gboolean
herald_message_item_get_enabled (HeraldMessageItem *self)
{
  return g_str_equal (herald_message_item_get (self, "enabled"), "true");
}

/**
 * herald_message_item_has_own:
 *
 * Returns: whether something is set here: other than from the start or, for a printer, other than for all
 */
gboolean
herald_message_item_has_own (HeraldMessageItem *self)
{
  g_autoptr(GVariant) own = herald_message_item_lookup (self, "own", "a{ss}");

  /* A printer without settings of its own is shown with those of all. */
  return own != NULL && g_variant_n_children (own) > 0 && g_str_equal (herald_message_item_get (self, "printer"), self->printer);
}

const char *
herald_message_item_get (HeraldMessageItem *self,
                         const char        *name)
{
  const char *text = "";
  gboolean truth = FALSE;

  if (g_variant_lookup (self->row, name, "&s", &text))
    return text;
  if (g_variant_lookup (self->row, name, "b", &truth))
    return truth ? "true" : "false";
  if (self->options != NULL)
    g_variant_lookup (self->options, name, "&s", &text);

  return text;
}

GVariant *
herald_message_item_lookup (HeraldMessageItem *self,
                            const char        *name,
                            const char        *type)
{
  return g_variant_lookup_value (self->row, name, G_VARIANT_TYPE (type));
}

GVariant *
herald_message_item_get_rendering (HeraldMessageItem *self)
{
  return self->rendering;
}
