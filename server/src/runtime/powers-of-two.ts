/**
 * Powers of 2 in the 3072-bit group of RFC 3526, which every password and every sign-in by SRP needs one of: less than half
 * the time of OpenSSL's, which takes any base. For a base that never changes, the powers of it that a number's digits stand
 * for can be kept, and 55 multiplications are left instead of 256 squarings and 64 multiplications. (Lim and Lee, "More
 * Flexible Exponentiation with Precomputation", 1994; Handbook of Applied Cryptography, 14.6.3.) powers-of-two.wat has the
 * arithmetic; as OpenSSL's, its time and the addresses it reads tell nothing of the exponent.
 */
import compiled from "./powers-of-two.json" with { type: "json" };

/** What powers-of-two.wat exports. */
interface Arithmetic {
  readonly memory: WebAssembly.Memory;
  multiply(a: number, b: number, out: number): void;
  power(): void;
}

// Where things are in its memory, which powers-of-two.wat lists.
const oneAt = 512;
const digitsAt = 1024;
const productAt = 1536;
const resultAt = 2048;
const magnetAt = 3072;
const startsAt = 4096;
const tableAt = 16_384;

const limbs = 62;
const limbBits = 51;
const numberBytes = limbs * 8;
const oddColumns = 129;
/**
 * The exponent's 260 bits are five numbers of 52, one below the other: a digit is what stands in one column. Four columns
 * beside each other share a row of the table, that of the last of them: the squarings between the rounds are for the others.
 */
const digitBits = 5;
const columns = 52;
const columnsOfRow = 4;
const rows = columns / columnsOfRow;
const entries = 1 << digitBits;
const resultBytes = 384;

export const longestExponent = 32;

/** 2 ^ the exponent, of at most 32 big-endian bytes: 384 of them. Keeps a table of 0.2 MB. */
export type PowerOfTwo = (exponent: Uint8Array) => Uint8Array;

/** Takes about 5 ms. Undefined where the processor has no fused multiply-add, without which the results are wrong. */
export function preparePowersOfTwo(prime: bigint): PowerOfTwo | undefined {
  const module = new WebAssembly.Module(Buffer.from(compiled.module, "base64"));
  const arithmetic = new WebAssembly.Instance(module).exports as WebAssembly.Exports & Arithmetic; // as its text says
  fillMemory(arithmetic, prime);
  const powerOfTwo: PowerOfTwo = (exponent) => compute(arithmetic, exponent);
  return isRight(powerOfTwo, prime) ? powerOfTwo : undefined;
}

function fillMemory({ memory, multiply }: Arithmetic, prime: bigint): void {
  const doubles = new Float64Array(memory.buffer);
  const write = (at: number, value: bigint) => {
    for (let index = 0; index < limbs; index++) {
      doubles[at / 8 + index] = Number(BigInt.asUintN(limbBits, value >> BigInt(index * limbBits)));
    }
  };
  const montgomery = 1n << BigInt(limbs * limbBits);
  write(0, prime);
  write(oneAt, 1n);
  const magnet = 2 ** 103;
  doubles.set([magnet, magnet, magnet + 3 * 2 ** 51, magnet + 3 * 2 ** 51], magnetAt / 8);
  // How many low and high parts each sum gets, two products in each row: their constants are taken away beforehand.
  const sums = new BigInt64Array(memory.buffer, startsAt, 2 * oddColumns);
  const add = (index: number, value: bigint) => {
    sums[index] = (sums[index] ?? 0n) + value;
  };
  for (let row = 0; row < limbs; row++) {
    const [lows, highs] = row % 2 === 0 ? [0, oddColumns] : [oddColumns, 0];
    for (let column = row; column < row + limbs; column++) {
      add(lows + column, -2n * 0x4338000000000000n);
      add(highs + column + 1, -2n * 0x4660000000000000n);
    }
  }
  const entryAt = (row: number, entry: number) => tableAt + (row * entries + entry) * numberBytes;
  for (let row = 0; row < rows; row++) write(entryAt(row, 0), montgomery % prime);
  // 2 ^ (2 ^ bit), bit by bit; of some the row has an entry, for a digit with that bit alone.
  write(productAt, (2n * montgomery) % prime);
  for (let bit = 0; bit < digitBits * columns; bit++) {
    const [column, digitBit] = [bit % columns, Math.floor(bit / columns)];
    if (column % columnsOfRow === 0) {
      multiply(productAt, entryAt(0, 0), entryAt(column / columnsOfRow, 1 << digitBit));
    }
    multiply(productAt, productAt, productAt);
  }
  for (let row = 0; row < rows; row++) {
    for (let entry = 1; entry < entries; entry++) {
      const lowest = entry & -entry;
      if (lowest !== entry) multiply(entryAt(row, lowest), entryAt(row, entry - lowest), entryAt(row, entry));
    }
  }
}

function compute({ memory, power }: Arithmetic, exponent: Uint8Array): Uint8Array {
  if (exponent.length > longestExponent) throw new RangeError("The exponent is too long.");
  const bytes = new Uint8Array(memory.buffer);
  let at = digitsAt;
  for (let offset = columnsOfRow - 1; offset >= 0; offset--) {
    for (let column = offset; column < columns; column += columnsOfRow) {
      let digit = 0;
      for (let digitBit = 0; digitBit < digitBits; digitBit++) {
        const bit = digitBit * columns + column;
        digit |= (((exponent[exponent.length - 1 - (bit >> 3)] ?? 0) >> (bit & 7)) & 1) << digitBit;
      }
      bytes[at++] = digit;
    }
  }
  power();
  return bytes.slice(resultAt, resultAt + resultBytes).reverse();
}

/** By a number with all digits, against arithmetic that needs none of this. */
function isRight(powerOfTwo: PowerOfTwo, prime: bigint): boolean {
  const exponent = Uint8Array.from({ length: longestExponent }, (_, at) => 255 - at * 7);
  let expected = 1n;
  for (const byte of exponent) {
    for (let bit = 0; bit < 8; bit++) expected = (expected * expected) % prime;
    expected = (expected << BigInt(byte)) % prime;
  }
  return BigInt(`0x${Buffer.from(powerOfTwo(exponent)).toString("hex")}`) === expected;
}
