#!/usr/bin/env python3
"""A Slurm cluster of several nodes on this machine: up in a second, hurt on purpose, gone with the process that made it.

Each node has process, mount and host name spaces of its own, and the whole cluster lies in one: whatever ends the
process that made it, no daemon, job or mount is left. Several clusters can run side by side.

By hand: tests/cluster/slurm.py [NODES] opens a shell on the login node of a cluster; --possible says whether there
can be one here.
"""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

NEEDED = ("munged", "slurmctld", "slurmd", "sbatch", "unshare")
SPACES = ("unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child=KILL")
INSIDE = "HANSA_CLUSTER_FOLDER"
SKIPPED = 77
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])

CONFIGURATION = """\
ClusterName=trial
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={slurmd_port}
AuthType=auth/munge
CredType=cred/munge
# A requeued job may start again after cred_expire; the least is 5 seconds.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
TmpFS={folder}/spool/%n
SlurmdParameters=config_overrides
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=1,sched_min_interval=0
JobRequeue=1
ReturnToService=2
SlurmdTimeout=10
SlurmctldTimeout=10
MessageTimeout=10
BatchStartTimeout=30
CompleteWait=0
KillWait=2
InactiveLimit=0
MinJobAge=3600
MaxArraySize=1001
NodeName=n[1-{nodes}] NodeHostname=localhost NodeAddr=127.0.0.1 Port=[{first}-{last}] CPUs={processors} RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""

# The first process of a node: gives it its name, starts slurmd, and buries the dead. It outlives slurmd.
NODE = """\
mount --bind "$1/hosts" /etc/hosts && echo "$2" >/proc/sys/kernel/hostname || exit 1
slurmd -D -f "$1/slurm.conf" -N "$2" & while :; do wait; sleep 0.5; done
"""


def impossible():
    """Why there can be no cluster here; nothing if there can."""
    missing = [name for name in NEEDED if not shutil.which(name, path=PATH)]
    if missing:
        return f"{', '.join(missing)} not found; .ci/install cluster"
    root = () if os.geteuid() == 0 else ("sudo", "-n")
    if root and not shutil.which("sudo"):
        return "neither root nor sudo"
    tried = subprocess.run([*root, *SPACES, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, text=True, check=False)
    return None if tried.returncode == 0 else f"no name spaces of its own: {(tried.stderr or 'refused').strip()}"


def enter(by_hand=False):
    """Starts this process anew, as root and in name spaces that end with it; in them returns a folder in memory.

    by_hand: standard input is left to a person, and does not tell when the first process has been killed.
    """
    if INSIDE in os.environ:
        folder = Path(os.environ[INSIDE])
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "none", folder], check=True)
        os.environ["PATH"] = PATH
        if not by_hand:
            threading.Thread(target=end_with_first, args=(folder,), daemon=True).start()
        return folder
    reason = impossible()
    if reason:
        print(f"skipped: there can be no Slurm here: {reason}")
        sys.exit(SKIPPED)
    folder = tempfile.mkdtemp(prefix="hansa-cluster-")
    try:
        given = [f"{name}={value}" for name, value in os.environ.items() if name.startswith("HANSA")]
        root = () if os.geteuid() == 0 else ("sudo", "-n")
        with subprocess.Popen([*root, "env", *given, f"{INSIDE}={folder}", "PYTHONDONTWRITEBYTECODE=1", *SPACES,
                               sys.executable, *sys.argv], stdin=None if by_hand else subprocess.PIPE) as inside:
            code = inside.wait()
    finally:
        os.rmdir(folder)
    sys.exit(code)


def end_with_first(folder):
    """The first process holds the other end of standard input: when it has been killed, all that it began ends too."""
    while os.read(0, 1):
        pass
    subprocess.run(["umount", "--lazy", folder], stdin=subprocess.DEVNULL, check=False)
    with contextlib.suppress(OSError):
        os.rmdir(folder)
    os._exit(1)


def free_ports(count):
    """The first of consecutive ports that nobody listens on, below those that the system gives out."""
    while True:
        first = random.SystemRandom().randrange(20000, 30000)
        with contextlib.ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
                return first
            except OSError:
                continue


def until(true, what, seconds=60):
    """Waits for a condition."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)
    return found


class Cluster:
    """A controller and nodes n1, n2, ….

    folder: a folder of its own, in the path of which there are no blanks; enter() gives one.
    """

    def __init__(self, folder, nodes=3, processors=2):
        self.folder = Path(folder)
        self.names = [f"n{k + 1}" for k in range(nodes)]
        self.processors = processors
        self.daemons = {}
        for name in ("state", "spool", *(f"spool/{node}" for node in self.names)):
            (self.folder / name).mkdir(parents=True)
        self.environment = dict(os.environ, PATH=PATH, SLURM_CONF=str(self.folder / "slurm.conf"), LC_ALL="C")

    def __enter__(self):
        self.up()
        return self

    def __exit__(self, *_):
        self.down()

    def run(self, *words, seconds=60, **options):
        """A command on the login node; the finished process."""
        return subprocess.run([str(word) for word in words], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              check=False, timeout=seconds, **options)

    def up(self):
        """Starts what is not running, and waits until every node takes jobs. Idempotent."""
        self.start_munge()
        if not (self.folder / "slurm.conf").exists():
            self.configure()
        self.start_controller()
        for node in self.names:
            self.start_node(node)
        asked = time.monotonic()

        def ready():
            nonlocal asked
            states = self.states()
            down = [node for node, state in states.items() if not state.startswith(("idle", "mixed", "allocated", "completing"))]
            if down and time.monotonic() - asked > 2:
                asked = time.monotonic()
                self.run("scontrol", "update", f"nodename={','.join(down)}", "state=resume")
            return states and not down
        until(ready, "nodes ready", 120)

    def down(self):
        for node in self.names:
            self.crash(node)
        for name in ("slurmctld", "munged"):
            self.end(name)
        for name in ("state", "spool"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def start(self, name, *words):
        with open(self.folder / f"{name}.out", "a", encoding="utf-8") as out:
            self.daemons[name] = subprocess.Popen([str(word) for word in words], env=self.environment, stdin=subprocess.DEVNULL,
                                                  stdout=out, stderr=out, start_new_session=True)

    def running(self, name):
        return name in self.daemons and self.daemons[name].poll() is None

    def end(self, name, how=signal.SIGKILL):
        if self.running(name):
            self.daemons[name].send_signal(how)
        if name in self.daemons:
            self.daemons.pop(name).wait(timeout=60)

    def start_munge(self):
        if self.running("munged"):
            return
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(1024))
        self.start("munged", "munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.folder}/munge.socket",
                   f"--pid-file={self.folder}/munged.pid", f"--seed-file={self.folder}/munge.seed",
                   f"--log-file={self.folder}/munged.log", "--num-threads=2")
        until((self.folder / "munge.socket").exists, "munged")

    def configure(self):
        nodes = len(self.names)
        port = free_ports(nodes + 2)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            folder=self.folder, port=port, slurmd_port=port + 1, first=port + 2, last=port + 1 + nodes, nodes=nodes,
            processors=self.processors))
        here = Path("/etc/hosts").read_text(encoding="utf-8")
        (self.folder / "hosts").write_text(here + "".join(f"127.0.0.1 {node}\n" for node in self.names))

    def start_controller(self):
        """The port may be taken between its choice and its use: then another one is taken."""
        for _ in range(5):
            if not self.running("slurmctld"):
                self.start("slurmctld", "slurmctld", "-D", "-f", self.folder / "slurm.conf")
            until(lambda: self.controller_answers() or not self.running("slurmctld"), "slurmctld", 120)
            if self.running("slurmctld"):
                return
            if any(self.running(node) for node in self.names):
                break
            self.configure()
        raise AssertionError(f"slurmctld does not start: {(self.folder / 'slurmctld.log').read_text()[-2000:]}")

    def controller_answers(self):
        return "UP" in self.run("scontrol", "ping").stdout

    def kill_controller(self):
        self.end("slurmctld")

    def stop_controller(self):
        self.end("slurmctld", signal.SIGTERM)

    def start_node(self, node):
        """No-op where slurmd runs. A node that lost only its slurmd begins anew: what ran on it dies."""
        if self.processes(node, "slurmd"):
            return
        self.crash(node)
        self.start(node, "unshare", "--fork", "--pid", "--uts", "--mount", "--mount-proc", "--kill-child=KILL",
                   "bash", "-c", NODE, f"node-{node}", self.folder, node)

    def processes(self, node, name=None):
        """Numbers of what runs on a node, or of its processes with a name."""
        if not self.running(node):
            return []
        children, names = {}, {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, ValueError):
                head, _, tail = entry.read_text().rpartition(")")
                number, _, called = head.partition(" (")
                children.setdefault(int(tail.split()[1]), []).append(int(number))
                names[int(number)] = called
        found, waiting = [], list(children.get(self.daemons[node].pid, []))
        while waiting:
            found.append(waiting.pop())
            waiting += children.get(found[-1], [])
        return [number for number in found if name is None or names.get(number) == name]

    def signal(self, node, number, name=None):
        """Sends a signal to all that runs on a node, or to its processes with a name; how many there were."""
        found = self.processes(node, name)
        for each in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, number)
        return len(found)

    def first_process(self, node):
        """The number of the process that all of a node descend from, in its name spaces."""
        return until(lambda: self.processes(node), f"{node} running")[0]

    def crash(self, node):
        """The power fails: all that ran on the node is dead at once."""
        self.end(node)

    def lose(self, node):
        """The network fails: slurmd is gone for the others, and the jobs of the node go on."""
        self.signal(node, signal.SIGKILL, "slurmd")

    def hang(self, node):
        """Nothing moves on the node until it wakes."""
        self.signal(node, signal.SIGSTOP)

    def wake(self, node):
        self.signal(node, signal.SIGCONT)

    def give_up(self, node):
        """The controller takes a node for dead now, rather than after SlurmdTimeout."""
        self.run("scontrol", "update", f"nodename={node}", "state=down", "reason=trial")

    def states(self):
        lines = self.run("sinfo", "-h", "-N", "-o", "%N %T").stdout.split("\n")
        return dict(line.split() for line in lines if len(line.split()) == 2)

    def jobs(self, *words):
        """(array job, index or 0, state, reason, node) of every task that Slurm knows."""
        lines = self.run("squeue", "-h", "-r", "-t", "all", "-o", "%F|%K|%T|%r|%N", *words).stdout.splitlines()
        rows = [line.split("|") for line in lines]
        return [(int(job), int(index) if index.isdigit() else 0, state, reason, node) for job, index, state, reason, node in rows]

    def active(self, *words):
        return [job for job in self.jobs(*words) if job[2] in ("PENDING", "RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED")]


def main():
    if "--possible" in sys.argv:
        reason = impossible()
        print(f"skipped: {reason}" if reason else "possible")
        sys.exit(1 if reason else 0)
    folder = enter(by_hand=True)
    with Cluster(folder / "c", int(sys.argv[1]) if len(sys.argv) > 1 else 3) as cluster:
        print(f"sinfo, sbatch and the like speak to a cluster in {folder}; exit ends it")
        subprocess.run([os.environ.get("SHELL", "bash")], env=cluster.environment, cwd=folder, check=False)


if __name__ == "__main__":
    main()
