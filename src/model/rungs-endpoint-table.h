/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Addresses of records → the endpoints of a trace.
 *
 * An open hash over addresses, used only while a trace is built.  Equal addresses are one endpoint; "this side of the
 * log" (RUNGS_ADDRESS_LOCAL) is one endpoint a file, whatever a record says about its name.  Names are copied into
 * the trace's strings. */

#pragma once

#include "rungs-interner.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

/** RungsEndpointTable: read @endpoints freely, add with the functions below. */
typedef struct
{
  GArray *endpoints; /* RungsEndpoint */

  /*< private >*/
  GArray *files;     /* guint32 a LOCAL endpoint: its file; 0 for all others */
  guint32 *slots;    /* endpoint + 1, 0: free */
  guint mask;
  guint64 seed;
  RungsInterner *strings;
} RungsEndpointTable;

/** rungs_endpoint_table_init: @strings must outlive the table. */
void           rungs_endpoint_table_init  (RungsEndpointTable *self,
                                           RungsInterner      *strings);
void           rungs_endpoint_table_clear (RungsEndpointTable *self);

/** rungs_endpoint_table_copy: makes @copy the same table, over @strings, a copy of its strings. */
void           rungs_endpoint_table_copy  (const RungsEndpointTable *self,
                                           RungsEndpointTable *copy,
                                           RungsInterner      *strings);

/** rungs_endpoint_table_add: the endpoint of @address as records of @file know it, which is added where it is new. */
guint32        rungs_endpoint_table_add   (RungsEndpointTable *self,
                                           const RungsAddress *address,
                                           guint               file);
RungsEndpoint *rungs_endpoint_table_get   (RungsEndpointTable *self,
                                           guint32             endpoint);

G_END_DECLS
