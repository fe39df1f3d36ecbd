import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Linux alone tells these of another process without a library; elsewhere they count as not measured. */
export const readsUsage = existsSync("/proc/self/schedstat");

/** Milliseconds of CPU that a process has used, from its start. */
export type CpuClock = (pid: number) => number;

/** For servers that keep their threads, as Node does: the scheduler's own count for each, in nanoseconds. */
export const threadsCpu: CpuClock = (pid) => {
  let nanoseconds = 0;
  for (const process of tree(pid)) {
    for (const task of tasks(process)) {
      nanoseconds += Number(contents(`/proc/${process}/task/${task}/schedstat`).split(" ")[0] ?? 0);
    }
  }
  return nanoseconds / 1e6;
};

/** For servers with a thread for each connection, as moto's: what threads used that are gone counts, in steps of 10 ms. */
export const processCpu: CpuClock = (pid) => {
  let ticks = 0;
  for (const process of tree(pid)) {
    const stat = contents(`/proc/${process}/stat`);
    // proc(5): the name, in parentheses, may hold anything; utime and stime are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return ticks * 10;
};

/** Resident memory of the process and its children, in MiB. */
export function residentMebibytes(pid: number): number {
  let kibibytes = 0;
  for (const process of tree(pid)) {
    kibibytes += Number(/^VmRSS:\s+(\d+)/m.exec(contents(`/proc/${process}/status`))?.[1] ?? 0);
  }
  return kibibytes / 1024;
}

function tree(root: number): number[] {
  const found = [root];
  for (const pid of found) {
    for (const task of tasks(pid)) {
      for (const child of contents(`/proc/${pid}/task/${task}/children`).split(" ")) {
        if (child.trim() !== "") found.push(Number(child));
      }
    }
  }
  return found;
}

function tasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // The process has ended meanwhile: it has no tasks.
    return [];
  }
}

function contents(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Ended between listing and reading.
    return "";
  }
}

/** How much of all cores is in use, from 0 to 1, over some seconds in which this process does nothing. */
export async function busyShare(seconds: number): Promise<number> {
  const times = (): { busy: number; all: number } => {
    let busy = 0;
    let all = 0;
    for (const core of cpus()) {
      const { user, nice, sys, irq, idle } = core.times;
      busy += user + nice + sys + irq;
      all += user + nice + sys + irq + idle;
    }
    return { busy, all };
  };
  const before = times();
  await sleep(seconds * 1000);
  const after = times();
  return (after.busy - before.busy) / (after.all - before.all);
}
