import { untilQuiet } from "./compare.ts";
import { median } from "./load.ts";
import type { Line, Table } from "./report.ts";
import { all, type Subject } from "./subject.ts";

const pools = 50;
const connections = 16;
const target = 20;

/** 50 user pools as fast as they come, 16 at a time. Countersign has had the time to make its keys ahead, as after a night. */
export async function measureBurst(
  countersign: Subject,
  moto: Subject | undefined,
  rounds: number,
): Promise<{ lines: Line[]; table: Table }> {
  const took: { countersign: number[]; moto: number[] } = { countersign: [], moto: [] };
  for (let round = 0; round < rounds; round++) {
    await untilQuiet([countersign.server]);
    took.countersign.push(await burst(countersign, round));
    if (moto !== undefined) took.moto.push(await burst(moto, round));
  }
  const own = median(took.countersign);
  const theirs = moto && median(took.moto);
  return {
    lines: [
      {
        what: `CreateUserPool, burst of ${pools} at ${connections} connections`,
        bound: "at least",
        target,
        unit: " × moto",
        measured: theirs && theirs / own,
        note: theirs === undefined ? "no Python with moto" : "stock of keys full",
      },
    ],
    table: {
      title: `Burst of ${pools} CreateUserPool at ${connections} connections, ${rounds === 1 ? "once" : `median of ${rounds}`}`,
      columns: ["server", "ms", "pools/s"],
      rows: [
        ["Countersign", own * 1000, pools / own],
        ...(theirs === undefined ? [] : [["moto", theirs * 1000, pools / theirs]]),
      ],
    },
  };
}

function burst({ server, caller }: Subject, round: number): Promise<number> {
  const requests = Array.from({ length: pools }, (_, at) =>
    caller.json("CreateUserPool", { PoolName: `burst-${round}-${at}` }),
  );
  return all(server, requests, connections);
}
