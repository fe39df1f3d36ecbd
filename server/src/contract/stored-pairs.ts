/**
 * A list of structures of `Name` and `Value`, given as it is stored: an object by name, in JSON. A page of sixty users has
 * three hundred of them, and reading them all to write them again at once is a quarter of what such a page costs.
 */
export class StoredPairs {
  /** An object of strings, as JSON.stringify writes it. */
  readonly json: string;
  /** What comes after those that are stored. */
  readonly last: Readonly<Record<string, string>>;

  constructor(json: string, last: Readonly<Record<string, string>>) {
    this.json = json;
    this.last = last;
  }
}

type Pairs = { Name: string; Value: string }[];

/** A structure whose lists of names and values may be given as they are stored. */
export type WithStoredPairs<T> = { [K in keyof T]: Pairs extends NonNullable<T[K]> ? T[K] | StoredPairs : T[K] };

/** The same of a structure's lists of structures. */
export type ListingStoredPairs<T> = {
  [K in keyof T]: T[K] | (NonNullable<T[K]> extends (infer Element)[] ? WithStoredPairs<Element>[] : never);
};
