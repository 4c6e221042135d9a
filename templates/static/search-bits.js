// Lists of numbers, as the files below search/ have them: the form is in docs/search.md, and
// paperkb/search/bits.py writes it.
"use strict";

{
  const WIDTH = 5;

  /** Reads numbers of so many bits each. */
  class Bits {
    constructor(packed) {
      this.bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
      this.place = 0;
    }

    bit() {
      const byte = this.bytes[this.place >> 3];
      return (byte >> (7 - (this.place++ & 7))) & 1;
    }

    /** Binary digits. */
    fixed(width) {
      let number = 0;
      for (let digit = 0; digit < width; digit++) number = (number << 1) | this.bit();
      return number;
    }

    /** How many ones there are before a zero. */
    unary() {
      let ones = 0;
      while (this.bit()) ones++;
      return ones;
    }

    /** A number of 1 or more: its digits, after one zero less than there are of them. */
    gamma() {
      let zeros = 0;
      while (this.place < this.bytes.length * 8 && !this.bit()) zeros++;
      return (1 << zeros) | this.fixed(zeros);
    }

    /** The first digits in unary, the others as they are. */
    rice(width) {
      const first = this.unary();
      return (first << width) | this.fixed(width);
    }

    /** Numbers that rise. */
    rising() {
      const count = this.gamma() - 1;
      const width = count && this.fixed(WIDTH);
      let last = -1;
      return Array.from({ length: count }, () => (last += this.rice(width) + 1));
    }

    /** Numbers in any order. */
    listed() {
      const count = this.gamma() - 1;
      const width = this.fixed(WIDTH);
      return Array.from({ length: count }, () => this.fixed(width));
    }

    /** The places of an entry in so many notes: of each from low to high. */
    placed(notes) {
      const width = this.fixed(WIDTH);
      return Array.from({ length: notes }, () => {
        const ones = this.unary();
        const count = ones > 1 ? ones : 1 - ones; // most have one place
        let place = 0;
        return Array.from({ length: count }, () => (place += this.rice(width)));
      });
    }
  }

  paperkb.Bits = Bits;
}
