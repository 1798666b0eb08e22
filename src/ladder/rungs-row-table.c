/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which message, wait or fold stands in row n.  See rungs-row-table.h. */

#include "config.h"

#include "rungs-row-table.h"

/* The kind of a row stands above its position. */
#define KIND_SHIFT    28
#define POSITION_MASK ((1u << KIND_SHIFT) - 1)

static void
add_row (GArray *rows, RungsRungKind kind, guint position)
{
  guint32 word = (guint32) kind << KIND_SHIFT | position;

  g_array_append_val (rows, word);
}

GArray *
rungs_row_table_new (guint length, const GArray *extras, GArray *folds, gboolean summary)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), length + 1);
  guint n_extras = extras != NULL ? extras->len : 0;
  guint n_folds = folds != NULL ? folds->len : 0;
  guint extra = 0;
  guint next = 0;

  g_return_val_if_fail (length <= POSITION_MASK, rows);

  for (guint i = 0; i < length; i++)
    {
      const RungsFold *fold = next < n_folds ? &g_array_index (folds, RungsFold, next) : NULL;

      for (; extra < n_extras && g_array_index (extras, RungsExtraRow, extra).position <= i; extra++)
        if (g_array_index (extras, RungsExtraRow, extra).position == i)
          add_row (rows, g_array_index (extras, RungsExtraRow, extra).kind, i);
      if (fold != NULL && fold->first == i)
        {
          add_row (rows, RUNGS_RUNG_FOLD, i);
          next++;
          if (!fold->open)
            {
              i += fold->length - 1;
              continue;
            }
        }
      add_row (rows, RUNGS_RUNG_MESSAGE, i);
    }
  for (; extra < n_extras; extra++)
    if (g_array_index (extras, RungsExtraRow, extra).position == length)
      add_row (rows, g_array_index (extras, RungsExtraRow, extra).kind, length);
  if (summary)
    add_row (rows, RUNGS_RUNG_SUMMARY, length);
  return rows;
}

RungsRungKind
rungs_row_table_get (const GArray *rows, guint row, guint *position)
{
  guint32 word;

  g_return_val_if_fail (rows != NULL && row < rows->len && position != NULL, RUNGS_RUNG_SUMMARY);

  word = g_array_index (rows, guint32, row);
  *position = word & POSITION_MASK;
  return (RungsRungKind) (word >> KIND_SHIFT);
}

/* Rows ascend by position; of those of one position the message stands last. */
guint
rungs_row_table_find (const GArray *rows, guint position)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (rows != NULL && rows->len > 0, G_MAXUINT);

  high = rows->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if ((g_array_index (rows, guint32, middle) & POSITION_MASK) <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? low - 1 : G_MAXUINT;
}
