/* Text along lines and in the middle of shapes: where it can stand, and its writing on a canvas.
 *
 * Lines are lists x, y, x, y … in shares of a tile's side, or points in pixels of the map.
 */
"use strict";

localContext.textOnLines = (function () {
  const SHARPEST_TURN = 0.4; // radians between two letters
  const STRAIGHT = 0.03;
  const SPOTS = [0.5, 0.35, 0.65, 0.2, 0.8]; // shares of a line at which its text may have its middle
  const JOINED = new WeakMap(); // roads of a tile → their named lines

  /* Named lines of the roads of a tile, with those of one name joined where they meet: a street is many ways. */
  function joined(roads) {
    if (JOINED.has(roads)) return JOINED.get(roads);
    const groups = new Map(); // kind and name → lines
    for (const { k, n, kind, parts } of roads) {
      if (!n || kind !== 2) continue;
      const key = `${k} ${n}`;
      if (!groups.has(key)) groups.set(key, { k, n, lines: [] });
      groups.get(key).lines.push(...parts.filter((line) => line.length > 3));
    }
    const all = [];
    for (const { k, n, lines } of groups.values()) {
      for (const line of chained(lines)) all.push({ k, n, line, length: lengthOf(line) });
    }
    JOINED.set(roads, all);
    return all;
  }

  function begin(line) {
    return `${line[0]} ${line[1]}`;
  }

  function end(line) {
    return `${line[line.length - 2]} ${line[line.length - 1]}`;
  }

  /* Lines put together end to end, as long as one that is left meets an end. */
  function chained(lines) {
    const left = new Set(lines);
    const ends = new Map(); // corner → lines that begin or end there
    for (const line of lines) for (const corner of [begin(line), end(line)]) ends.set(corner, [...(ends.get(corner) || []), line]);
    const made = [];
    for (const line of lines) if (left.delete(line)) made.push(grown(reversed(grown(line, left, ends)), left, ends));
    return made;
  }

  /* A line with all those after it that meet its end; they are taken from those that are `left`. */
  function grown(line, left, ends) {
    const chain = [...line];
    for (;;) {
      const next = (ends.get(end(chain)) || []).find((other) => left.has(other));
      if (!next) return chain;
      left.delete(next);
      const onward = begin(next) === end(chain) ? next : reversed(next);
      for (const number of onward.slice(2)) chain.push(number);
    }
  }

  function reversed(line) {
    const turned = [];
    for (let at = line.length - 2; at >= 0; at -= 2) turned.push(line[at], line[at + 1]);
    return turned;
  }

  function lengthOf(line) {
    let length = 0;
    for (let at = 2; at < line.length; at += 2) length += Math.hypot(line[at] - line[at - 2], line[at + 1] - line[at - 1]);
    return length;
  }

  /* The middle of the bounds of the largest of several rings, and their lesser side. */
  function middle(rings) {
    let best = { at: [-1, -1], size: 0 };
    for (const line of rings) {
      let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let at = 0; at < line.length; at += 2) {
        [west, east] = [Math.min(west, line[at]), Math.max(east, line[at])];
        [north, south] = [Math.min(north, line[at + 1]), Math.max(south, line[at + 1])];
      }
      const size = Math.min(east - west, south - north);
      if (size > best.size) best = { at: [(west + east) / 2, (north + south) / 2], size };
    }
    return best;
  }

  /* How `text` could stand upright along `points`: letters with their place, angle and box, where no turn is sharp. */
  function * along(points, text, measure, size) {
    const steps = [0];
    for (let at = 1; at < points.length; at += 1) steps.push(steps[at - 1] + points[at].distanceTo(points[at - 1]));
    const length = steps[steps.length - 1];
    const needed = measure(text);
    if (length < needed + 6) return;
    for (const share of SPOTS) {
      const start = share * length - needed / 2;
      if (start < 3 || start + needed > length - 3) continue;
      const way = lettered(points, steps, start, text, measure, size);
      if (way) yield way;
    }
  }

  function lettered(points, steps, start, text, measure, size) {
    const from = pointAt(points, steps, start);
    const to = pointAt(points, steps, start + measure(text));
    const upright = to.x >= from.x;
    const [glyphs, boxes] = [[], []];
    let reached = 0;
    let [least, most] = [Infinity, -Infinity];
    for (const sign of text) {
      const wide = measure(sign);
      const centre = reached + wide / 2;
      const { x, y, angle } = pointAt(points, steps, start + (upright ? centre : measure(text) - centre));
      const turned = upright ? angle : angle + Math.PI;
      const last = glyphs.length ? glyphs[glyphs.length - 1].angle : turned;
      const near = last + Math.atan2(Math.sin(turned - last), Math.cos(turned - last));
      if (Math.abs(near - last) > SHARPEST_TURN) return null;
      [least, most] = [Math.min(least, near), Math.max(most, near)];
      glyphs.push({ text: sign, x, y, angle: near });
      const [across, upwards] = [Math.abs(Math.cos(near)), Math.abs(Math.sin(near))];
      const [halfX, halfY] = [(wide * across + size * upwards) / 2 + 1, (wide * upwards + size * across) / 2 + 1];
      boxes.push({ left: x - halfX, top: y - halfY, right: x + halfX, bottom: y + halfY });
      reached += wide;
    }
    if (most - least > 1.2) return null; // a text that goes round a corner is no text
    if (most - least > STRAIGHT) return { boxes, glyphs };
    const { x, y } = pointAt(points, steps, start + measure(text) / 2);
    return { boxes, glyphs: [{ text, x, y, angle: glyphs[0].angle }] };
  }

  function pointAt(points, steps, distance) {
    let at = 1;
    while (at < steps.length - 1 && steps[at] < distance) at += 1;
    const [from, to] = [points[at - 1], points[at]];
    const share = (distance - steps[at - 1]) / (steps[at] - steps[at - 1] || 1);
    return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y), angle: Math.atan2(to.y - from.y, to.x - from.x) };
  }

  // ---------------------------------------------------------------- writing

  function write(context, ratio, { look, at, lines, glyphs }) {
    context.font = look.font;
    context.letterSpacing = look.spaced || "0px";
    [context.textAlign, context.textBaseline, context.lineJoin] = ["center", "middle", "round"];
    [context.strokeStyle, context.lineWidth, context.fillStyle] = ["rgba(255, 255, 255, 0.92)", 3, look.ink];
    if (look.sign) mark(context, ratio, look, at);
    for (const how of ["strokeText", "fillText"]) {
      for (const { text, x, y, angle = 0 } of glyphs || lines) {
        const [cos, sin] = [Math.cos(angle) * ratio, Math.sin(angle) * ratio];
        context.setTransform(cos, sin, -sin, cos, x * ratio, y * ratio);
        context[how](text, 0, 0);
      }
    }
  }

  /* The mark of a place: a disc for a station, a square for a school, a dot for a stop. */
  function mark(context, ratio, look, at) {
    context.setTransform(ratio, 0, 0, ratio, at.x * ratio, at.y * ratio);
    context.beginPath();
    const size = look.sign === "stop" ? 2.5 : 4;
    if (look.sign === "school") context.rect(-size, -size, 2 * size, 2 * size);
    else context.arc(0, 0, size, 0, 2 * Math.PI);
    context.stroke();
    context.fill();
    if (look.sign !== "station") return;
    context.save();
    context.beginPath();
    context.arc(0, 0, 1.6, 0, 2 * Math.PI);
    context.fillStyle = "#ffffff";
    context.fill();
    context.restore();
  }

  return { along, joined, middle, write };
})();
