#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors

"""How long rungs-cli takes beside other programs over the same bytes: the table of README.md.

usage: peers.py [--rungs PATH] [--sign-ins N] [--calls N] [--rounds N]

For each format: `rungs-cli stats`, the same with --check, the memory at its highest beside the file, and one pass of grep
over the file; for captures sngrep and tshark too, where they are installed.  All programs run once a round, in turn; the
first round warms up, and of the others the best is shown, so that what else the machine does counts least.  The counts are compared with what was written.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import workload


def run(command):
    """Returns: (seconds, highest resident memory in MiB, standard output)"""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = child.stdout.read()
    usage = os.wait4(child.pid, 0)[2]
    return time.monotonic() - begin, usage.ru_maxrss / 1024, output


def commands_for(form, path, rungs):
    commands = {"stats": [rungs, "stats", "--json", path], "check": [rungs, "stats", "--json", "--check", path],
                "grep": ["grep", "-a", "-c", "Call-ID", path]}
    if form == "pcap-udp":
        commands["sngrep"] = ["sngrep", "-N", "-q", "-F", "-l", "1000000", "-I", path]
    if form.startswith("pcap"):
        commands["tshark"] = ["tshark", "-n", "-r", path, "-q", "-z", "sip,stat"]
    return {name: command for name, command in commands.items() if shutil.which(command[0])}


def measure(form, path, arguments):
    commands = commands_for(form, path, arguments.rungs)
    taken = {name: [] for name in commands}
    for number in range(arguments.rounds + 1):
        for name, command in commands.items():
            result = run(command)
            if number > 0:
                taken[name].append(result)
    return {name: (min(r[0] for r in results), max(r[1] for r in results), results[-1][2])
            for name, results in taken.items()}


def seconds(measured, name):
    return "%.3f s" % measured[name][0] if name in measured else "–"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rungs", default="build/src/cli/rungs-cli")
    parser.add_argument("--sign-ins", type=int, default=20000)
    parser.add_argument("--calls", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if shutil.which(arguments.rungs) is None:
        sys.exit("%s: there is no such program; build first, or name it with --rungs" % arguments.rungs)
    print("| format | messages | size | `stats` | `stats --check` | memory beside the file | grep | sngrep | tshark |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for form in workload.FORMATS:
            path = os.path.join(folder, form)
            n_messages = workload.write(path, form, arguments.sign_ins, arguments.calls)
            size = os.path.getsize(path) / 1e6
            measured = measure(form, path, arguments)
            found = json.loads(measured["stats"][2])["messages"]
            print("| %s | %d | %.0f MB | %s | %s | %.0f MB | %s | %s | %s |%s" % (
                form, n_messages, size, seconds(measured, "stats"), seconds(measured, "check"),
                measured["stats"][1] * 1.048576 - size, seconds(measured, "grep"), seconds(measured, "sngrep"),
                seconds(measured, "tshark"), "" if found == n_messages else " WRONG: %d messages were found" % found))
            os.unlink(path)


if __name__ == "__main__":
    main()
