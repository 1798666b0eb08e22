# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""The packet captures that test-pcap reads: one for each promise, each a function of the module of its subject.

A new case is a function marked @capture in one of them, and one command: see __main__.py.
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
