"""Runs a command as on a machine whose kernel has neither Landlock nor seccomp: both answer `ENOSYS`.

python without_kernel_layers.py COMMAND [ARGUMENTS]
"""

from __future__ import annotations

import errno
import os
import sys

import seccompy

PR_GET_SECCOMP, PR_SET_SECCOMP = 21, 22
MASKED_EQUAL = 6


def main() -> None:
    machine = seccompy.Filter()
    for call in ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"):
        machine.errno(call, errno.ENOSYS)
    for option in (PR_GET_SECCOMP, PR_SET_SECCOMP):
        machine.errno("prctl", errno.EINVAL, args=[(0, MASKED_EQUAL, option, 0xFFFF_FFFF)])
    machine.load()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - a command of the tests'


if __name__ == "__main__":
    main()
