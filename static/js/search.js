// Which of many texts fit what was typed, and how well. The same as rank, best_first
// and is_alike of privacy/fold.py; tests/privacy/search_cases.json holds for both.

import { fold } from "./fold.js";

const [BEGINS, WITHIN, ONE_ERROR] = [0, 1, 2];
const LONG_ENOUGH_FOR_AN_ERROR = 5;
const NUMBER = /^[0-9]+$/;

// How well folded words fit what was typed: 0 best, undefined if a word is not there.
// The words may come in any order; the one that fits worst decides.
export function rank(query, words) {
  const split = words.split(" ");
  const parts = fold(query).split(" ").filter(Boolean);
  const ranks = parts.map((part) => rankOf(part, split));
  if (ranks.includes(undefined)) return undefined;
  return Math.max(hasAnotherCode(parts, split) ? WITHIN : BEGINS, ...ranks);
}

// The items (each with its folded `words`) that fit, the best first; equally good
// ones stay as they came
export function bestFirst(query, items) {
  return items
    .map((item) => ({ item, place: rank(query, item.words) }))
    .filter(({ place }) => place !== undefined)
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

// Whether two names are the same but for spelling, order or one typing error
export function isAlike(one, other) {
  const [left, right] = [fold(one), fold(other)];
  if (!left || numbersOf(left) !== numbersOf(right)) return false;
  if (sorted(left) === sorted(right)) return true;
  return Math.min(left.length, right.length) >= LONG_ENOUGH_FOR_AN_ERROR && isNearly(left, right);
}

const sorted = (words) => words.split(" ").sort().join(" ");
const numbersOf = (words) => words.split(" ").filter((word) => NUMBER.test(word)).join(" ");

function rankOf(part, words) {
  if (beginsOne(part, words)) return BEGINS;
  if (words.some((word) => word.includes(part))) return WITHIN;
  if (mayHaveError(part) && words.some((word) => nearlyBegins(word, part))) return ONE_ERROR;
  return undefined;
}

const beginsOne = (part, words) => words.some((word) => word.startsWith(part) || isSameNumber(part, word));

// “UPC 12” means UPC-012, not UPC-009 that was met on the 12th
function hasAnotherCode(parts, words) {
  return parts.some((number, n) => {
    const codes = words.filter((word, at) => at && words[at - 1] === parts[n - 1] && NUMBER.test(word));
    return codes.length > 0 && NUMBER.test(number) && !beginsOne(number, codes);
  });
}

// A code is known by its number alone: 9 is 009
function isSameNumber(part, word) {
  const bare = (text) => text.replace(/^0+/, "");
  return NUMBER.test(part) && bare(part) === bare(word);
}

function mayHaveError(part) {
  return [...part].length >= LONG_ENOUGH_FOR_AN_ERROR && /^\p{L}+$/u.test(part);
}

function nearlyBegins(word, part) {
  const sizes = [part.length - 1, part.length, part.length + 1];
  return sizes.some((size) => isNearly(part, word.slice(0, size)));
}

// Equal but for a letter too many, left out, replaced, or swapped with its neighbour
function isNearly(one, other) {
  let same = 0;
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same += 1;
  const [left, right] = [one.slice(same), other.slice(same)];
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}
