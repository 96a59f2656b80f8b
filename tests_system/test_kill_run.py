"""A night and its delivery killed at any moment, taken up again: nothing is lost and nothing is doubled."""

import random

import nights
from nights import DELIVER, RUN, SPOIL

KILLS = 10

#: Calls `work(env)` in forks of one process; each fork ends itself by SIGKILL before its n-th statement, or is killed
#: from outside after a random time. The last fork comes to its end.
IN_FORKS = """
import os, random, signal, time
from odoo import sql_db
from odoo.modules.registry import Registry
from odoo.addons.debto_dunning.models.communication import dunning_communication_deliver
from odoo.addons.debto_dunning.models.night import dunning_run

dunning_run.DEBTORS_PER_BATCH = 6
dunning_communication_deliver.BATCH = 3
dice = random.Random({seed})
name = env.cr.dbname
env.cr.rollback()


def work(env):
    {work}


def in_fork(statements):
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        sql_db._Pool = None  # the connections belong to the process that forked
        count = 0
        execute = sql_db.Cursor.execute
        commit = sql_db.Cursor.commit

        def step():
            nonlocal count
            count += 1
            if count == statements:
                os.kill(os.getpid(), signal.SIGKILL)

        def counted_execute(self, *args, **kwargs):
            step()
            return execute(self, *args, **kwargs)

        def counted_commit(self):
            self.flush()
            step()
            res = commit(self)
            step()
            return res

        sql_db.Cursor.execute = counted_execute
        sql_db.Cursor.commit = counted_commit
        with Registry(name).cursor() as cr:
            work(odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {{}}))
        status = 0
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        os._exit(status)


killed, seen = 0, []
for statements in {statements}:
    pid = in_fork(statements)
    if statements is None:
        time.sleep(dice.uniform(0.05, {longest}))
        os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or status == 0, status
    killed += os.WIFSIGNALED(status)
    env.cr.execute("SELECT count(*), count(*) FILTER (WHERE state = 'queued') FROM dunning_communication")
    seen.append(env.cr.fetchone())
    env.cr.rollback()
_pid, status = os.waitpid(in_fork(None), 0)
assert status == 0, status
answer([killed, seen])
"""

def kills(seed, least, most):
    """Before which statement each process is killed; None: by the clock."""
    dice = random.Random(seed)
    return [None if number % 4 == 3 else dice.randint(least, most) for number in range(KILLS)]


def test_killed_run_loses_and_doubles_nothing(due_db, odoo_shell):
    name, due = due_db
    # the first fall into refreshing, sending and deciding, the others among the batches
    moments = [2, 7, 13, 24, *kills(20261123, 45, 200)]
    killed, seen = odoo_shell(name, IN_FORKS.format(seed=1, work=RUN, longest=0.6, statements=moments))
    assert killed >= KILLS
    (made,), = nights.rows(name, "SELECT count(*) FROM dunning_communication")
    # kills did fall among the batches
    assert len({count for count, _queued in seen if 0 < count < made}) > 2, seen
    nights.check_prepared(name, due)
    assert nights.rows(name, "SELECT phase, due_count FROM dunning_run") == [("done", len(due))]


def test_killed_deliverer_loses_and_doubles_nothing(due_db, odoo_shell):
    name, due = due_db
    odoo_shell(name, f"{RUN}\n{SPOIL}\nenv.cr.commit()")
    nights.check_prepared(name, due)
    killed, seen = odoo_shell(name, IN_FORKS.format(
        seed=2, work=DELIVER, longest=1, statements=[1, 2, *kills(7, 80, 300)]))
    assert killed >= KILLS
    assert len({queued for _count, queued in seen if queued}) > 2, seen
    nights.check_delivered(name, due)
