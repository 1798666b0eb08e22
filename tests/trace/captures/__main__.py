# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Write the captures that test-pcap reads, and what it reads from them.

usage: python3 tests/trace/captures [--build FOLDER] [NAME...]

Without a name all of them are written, the same at each run. What a capture holds is in the name of its function in the modules
beside this; what must be read from it goes to NAME.records beside it: with --build, the test program in that folder writes it, and
the new lines are shown, because a person reads them before they are committed.
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
TRACES = os.path.join(ROOT, "tests", "traces")

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(HERE))
import captures  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", help="the build folder whose test-pcap writes the records")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a capture, all without")
    arguments = parser.parse_args()
    for name in arguments.names or captures.CAPTURES:
        if name not in captures.CAPTURES:
            sys.exit("there is no capture “%s”" % name)
        made = captures.CAPTURES[name]()
        with open(os.path.join(TRACES, "%s.%s" % (name, made.extension)), "wb") as out:
            out.write(made.data)
    if not arguments.build:
        return
    program = os.path.join(arguments.build, "tests", "trace", "test-pcap")
    subprocess.run([program, "--generate"], check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, RUNGS_TEST_SRCDIR=os.path.join(ROOT, "tests")))
    subprocess.run(["git", "-C", ROOT, "diff", "--", "tests/traces/*.records"], check=True)
    for name in arguments.names:
        with open(os.path.join(TRACES, name + ".records"), encoding="utf-8") as records:
            print("---- %s\n%s" % (name, records.read()), end="")


if __name__ == "__main__":
    main()
