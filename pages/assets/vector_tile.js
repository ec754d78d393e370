/* Reads a vector tile: bytes in, the features of the layers that the map draws out.
 *
 * The format is that of the Mapbox Vector Tile specification, version 2.1. Every read stays inside the bytes that were
 * announced; a tile that announces more, or anything that cannot be, throws a RangeError and is drawn as nothing.
 */
"use strict";

localContext.vectorTile = (function () {
  const LAYERS = new Set(["land", "water", "rail", "road", "point"]);
  const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5]; // the kinds of fields of a protocol buffer
  const LONGEST_NAME = 80; // signs; a longer one is cut
  const LARGEST = 8_000_000; // bytes
  const text = new TextDecoder();

  class Reader {
    constructor(bytes, at = 0, end = bytes.length) {
      if (at < 0 || end > bytes.length || at > end) throw new RangeError("A part reaches beyond its tile.");
      Object.assign(this, { bytes, at, end });
    }

    varint() {
      let value = 0;
      for (let shift = 0; shift < 70; shift += 7) {
        if (this.at >= this.end) throw new RangeError("A number reaches beyond its tile.");
        const byte = this.bytes[this.at++];
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
      throw new RangeError("A number is too long.");
    }

    part() {
      const size = this.varint();
      if (size > this.end - this.at) throw new RangeError("A part reaches beyond its tile.");
      const part = new Reader(this.bytes, this.at, this.at + size);
      this.at += size;
      return part;
    }

    skip(kind) {
      if (kind === VARINT) this.varint();
      else if (kind === LENGTH) this.part();
      else if (kind === FIXED64) this.at += 8;
      else if (kind === FIXED32) this.at += 4;
      else throw new RangeError("A field is of no known kind.");
      if (this.at > this.end) throw new RangeError("A field reaches beyond its tile.");
    }

    string() {
      return text.decode(this.bytes.subarray(this.at, this.end));
    }

    /* Call `act(field, reader)` for each field; `act` reads it if `wanted` has its number and kind. */
    fields(wanted, act) {
      while (this.at < this.end) {
        const key = this.varint();
        const [field, kind] = [Math.floor(key / 8), key % 8];
        if (wanted[field] === kind) act(field, this);
        else this.skip(kind);
      }
    }

    numbers() {
      const all = [];
      while (this.at < this.end) all.push(this.varint());
      return all;
    }
  }

  function signed(number) {
    return number % 2 ? -(number + 1) / 2 : number / 2;
  }

  /* Text and whole numbers; the map has no use for other values. */
  function valueOf(reader) {
    let found = null;
    reader.fields({ 1: LENGTH, 4: VARINT, 5: VARINT, 6: VARINT }, (field, of) => {
      if (field === 1) found = of.part().string();
      else found = field === 6 ? signed(of.varint()) : of.varint();
    });
    return found;
  }

  /* Lines, rings or points of a geometry, each a list x, y, x, y …, in shares of the tile's side. */
  function parts(numbers, extent) {
    const all = [];
    let [at, x, y, line] = [0, 0, 0, null];
    while (at < numbers.length) {
      const command = numbers[at++];
      const [what, count] = [command % 8, Math.floor(command / 8)];
      if (what === 7 && line) { line.push(line[0], line[1]); continue; }
      if ((what !== 1 && what !== 2) || count * 2 > numbers.length - at) throw new RangeError("A geometry is broken.");
      for (let step = 0; step < count; step += 1, at += 2) {
        x += signed(numbers[at]);
        y += signed(numbers[at + 1]);
        if (what === 1) all.push(line = []);
        if (!line) throw new RangeError("A line has no beginning.");
        line.push(x / extent, y / extent);
      }
    }
    return all;
  }

  function layer(reader) {
    const [raw, keys, values] = [[], [], []];
    let [name, extent] = ["", 4096];
    reader.fields({ 1: LENGTH, 2: LENGTH, 3: LENGTH, 4: LENGTH, 5: VARINT }, (field, of) => {
      if (field === 5) extent = of.varint();
      else if (field === 1) name = of.part().string();
      else if (field === 2) raw.push(of.part());
      else if (field === 3) keys.push(of.part().string());
      else values.push(valueOf(of.part()));
    });
    if (!(extent > 0)) throw new RangeError("A layer has no extent.");
    return { name, features: LAYERS.has(name) ? raw.map((each) => feature(each, keys, values, extent)) : [] };
  }

  function feature(reader, keys, values, extent) {
    const made = { k: "", n: "", r: 0, parts: [] };
    let [tags, kind] = [[], 0];
    reader.fields({ 2: LENGTH, 3: VARINT, 4: LENGTH }, (field, of) => {
      if (field === 2) tags = of.part().numbers();
      else if (field === 3) kind = of.varint();
      else made.parts = parts(of.part().numbers(), extent);
    });
    for (let at = 0; at + 1 < tags.length; at += 2) {
      const [key, found] = [keys[tags[at]], values[tags[at + 1]]];
      if ((key === "k" || key === "n") && typeof found === "string") made[key] = found.slice(0, LONGEST_NAME).trim();
      else if (key === "r" && typeof found === "number") made.r = found;
    }
    return { ...made, kind };
  }

  /* Return the features by layer: each has `kind` (1 points, 2 lines, 3 polygons), `parts`, and `k`, `n` and `r`. */
  function decode(buffer) {
    if (buffer.byteLength > LARGEST) throw new RangeError("A tile is too large.");
    const found = { land: [], water: [], rail: [], road: [], point: [] };
    new Reader(new Uint8Array(buffer)).fields({ 3: LENGTH }, (_, of) => {
      const { name, features } = layer(of.part());
      if (LAYERS.has(name)) found[name].push(...features);
    });
    return found;
  }

  return { decode };
})();
