# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""The packet captures that test-pcap reads: one for each promise, each a function of the module of its subject.

A new case is a function marked @capture in one of them, and one command: see __main__.py.

Where tshark 4.0 reads fewer messages of such captures, it is because it does not look for HEP or for a PROXY header, needs the upgrade of
a WebSocket, passes by datagrams that begin with empty lines, and believes a Content-Length on a stream that swallows the next messages;
without its preferences set it also passes by ESP without encryption, 802.11 with swapped first bytes in CAPWAP, and segments out of order.
Two messages in one datagram are one here as there: what follows Content-Length is not read (RFC 3261, 18.3), and a remark says so.
"""
from .exported import *
from .files import *
from .hep import *
from .ip import *
from .kerberos import *
from .links import *
from .media import *
from .odd_files import *
from .parts import *
from .sctp import *
from .tcp import *
from .tls import *
from .tunnels import *
from .udp import *
from .websocket import *
