"""The operators' commands: ``flask --app wsgi desk …``."""

from flask.cli import AppGroup

from commands.backup import backup_command, restore_command, restored_command
from commands.canary import canary
from commands.doctor import doctor
from commands.keys import keys
from commands.ledger import ledger
from commands.leftovers import incidents, residue
from commands.looking import parked, retry, status, verify_command
from commands.moving import move_database
from commands.people import export_command, forget_command, reveal_command
from commands.reasons import reason_command
from commands.reconciling import (
    backfill_command,
    reconcile,
    reopen_command,
    reversals,
    settle_reversal,
)
from commands.restored import drop_orphan_command, orphans
from commands.retention import hold, retention
from commands.setting_up import print_env_example, setup
from commands.standing_rules import rules
from commands.working import work

desk = AppGroup("desk", help="Credits Desk.")

for _command in (
    work,
    keys,
    setup,
    doctor,
    print_env_example,
    status,
    parked,
    retry,
    verify_command,
    incidents,
    residue,
    reconcile,
    backfill_command,
    reopen_command,
    reversals,
    settle_reversal,
    orphans,
    drop_orphan_command,
    rules,
    ledger,
    reason_command,
    reveal_command,
    forget_command,
    export_command,
    retention,
    hold,
    canary,
    move_database,
    backup_command,
    restore_command,
    restored_command,
):
    desk.add_command(_command)
