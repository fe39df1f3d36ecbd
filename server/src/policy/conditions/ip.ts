import type { Comparison, Operators } from "./comparison.ts";

/** 32-bit words: one for IPv4, four for IPv6. */
type Address = readonly number[];

interface Network {
  readonly address: Address;
  readonly prefix: number;
}

const octet = /^[0-9]{1,10}$/;
const hextet = /^[0-9A-Fa-f]{1,4}$/;
const prefixLength = /^\+?[0-9]{1,10}$/;

/** Decimal octets; leading zeros do not make them octal (observed 2026-09). */
function parseIpv4(text: string): number | undefined {
  const octets = text.split(".", 5);
  if (octets.length !== 4) return undefined;
  let word = 0;
  for (const digits of octets) {
    const value = Number(digits);
    if (!octet.test(digits) || value > 255) return undefined;
    word = word * 256 + value;
  }
  return word;
}

/** `dotted`: the text is the end of an address, where the last 32 bits may be written as IPv4 writes them. */
function parseHextets(text: string, dotted: boolean): number[] | undefined {
  if (text === "") return [];
  const values: number[] = [];
  const groups = text.split(":", 9);
  for (const [index, group] of groups.entries()) {
    if (dotted && index === groups.length - 1 && group.includes(".")) {
      const word = parseIpv4(group);
      if (word === undefined) return undefined;
      values.push(word >>> 16, word & 0xffff);
    } else if (hextet.test(group)) {
      values.push(Number.parseInt(group, 16));
    } else {
      return undefined;
    }
  }
  return values;
}

/** RFC 4291 section 2.2. */
function parseIpv6(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  const gap = text.indexOf("::");
  let hextets: readonly number[] | undefined;
  if (gap < 0) {
    hextets = parseHextets(text, true);
  } else {
    const head = parseHextets(text.slice(0, gap), false);
    const tail = parseHextets(text.slice(gap + 2), true);
    if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
    hextets = [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  }
  if (hextets?.length !== 8) return undefined;
  const words: number[] = [];
  for (let index = 0; index < 8; index += 2) {
    words.push((((hextets[index] ?? 0) << 16) | (hextets[index + 1] ?? 0)) >>> 0);
  }
  return words;
}

/** The address of a request, in which an IPv4-mapped IPv6 address is the IPv4 address. */
function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const word = parseIpv4(text);
    return word === undefined ? undefined : [word];
  }
  const address = parseIpv6(text);
  if (address?.[0] === 0 && address[1] === 0 && address[2] === 0xffff) return address.slice(3);
  return address;
}

/** The bits of a word that are past the prefix. */
function hostBits(prefix: number, word: number): number {
  const bits = Math.min(Math.max(prefix - word * 32, 0), 32);
  return bits === 32 ? 0 : 0xffffffff >>> bits;
}

/**
 * A network of a policy keeps the family it is written in. Host bits are ignored in IPv4 and not allowed in IPv6, where
 * dotted notation is not allowed either (observed 2026-09).
 */
function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const host = slash < 0 ? text : text.slice(0, slash);
  const suffix = slash < 0 ? undefined : text.slice(slash + 1);
  const version4 = !host.includes(":");
  const word = version4 ? parseIpv4(host) : undefined;
  const address = version4
    ? word === undefined
      ? undefined
      : [word]
    : host.includes(".")
      ? undefined
      : parseIpv6(host);
  if (address === undefined) return undefined;
  if (suffix !== undefined && !prefixLength.test(suffix)) return undefined;
  const longest = address.length * 32;
  const prefix = suffix === undefined ? longest : Number(suffix);
  if (prefix > longest) return undefined;
  if (!version4 && address.some((part, index) => (part & hostBits(prefix, index)) !== 0)) return undefined;
  return { address, prefix };
}

function contains(network: Network, address: Address): boolean {
  if (network.address.length !== address.length) return false;
  return address.every(
    (word, index) => ((word ^ (network.address[index] ?? 0)) & ~hostBits(network.prefix, index)) === 0,
  );
}

function compile(values: readonly string[]): Comparison {
  const networks: Network[] = [];
  for (const value of values) {
    const network = parseNetwork(value);
    if (network !== undefined) networks.push(network);
  }
  return (actual) => {
    const address = parseAddress(actual);
    if (address === undefined) return "incomparable";
    return networks.some((network) => contains(network, address)) ? "match" : "mismatch";
  };
}

const accepts = (value: string): boolean => parseNetwork(value) !== undefined;

export const ipOperators: Operators = {
  IpAddress: { negated: false, accepts, compile },
  NotIpAddress: { negated: true, accepts, compile },
};
