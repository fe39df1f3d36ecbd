;; Powers of 2 modulo the prime N of 3072 bits (RFC 3526, group 15). powers-of-two.ts says what for, and writes the tables;
;; tools/compile-powers-of-two.ts compiles this.
;;
;; Numbers are 62 limbs of 51 bits, the least first, each a double: multiplication is Montgomery's, with R = 2^3162, in the
;; floating-point unit, since WebAssembly has no integer multiplication as wide or as fast. A product of two limbs is
;; below 2^102. Added to 2^103 by a fused multiply-add, it is rounded to a multiple k of 2^51, which the double's last bits say
;; as they are; a second multiply-add, with what the first one took away, gives the rest, between -2^50 and 2^50, exactly. As
;; bits, those two doubles are integers with constants above them: 0x4660000000000000 + k and 0x4338000000000000 + rest (3·2^51
;; keeps it within one binade). The sums of up to 124 of each in a column stay below 2^58; they begin with minus those constants.
;;
;; N is -1 modulo 2^64, so what to add of it to make a column end in zeros is the column itself. Factors below 2N give a
;; product below 2N, since R is so much larger: nothing is ever subtracted. Nothing here branches on, or is
;; addressed by, what is secret.
;;
;; Bytes of the memory:
;;     0  N                       512  one                     1024  digits of the exponent, 52 of 5 bits, in their order of use
;;  1536  the product so far     2048  the factor looked up, in the end the power in words of 64 bits, the least first
;;  2560  masks, 32 of 16 bytes  3072  2^103, twice            3088  2^103 + 3·2^51, twice
;;  4096  what sums begin with   8192  sums: 129 of even columns' pairs, then 129 of odd columns' pairs; a column is both
;; 16384  13 rows, of one digit each: 32 powers in Montgomery's form, of 496 bytes each
(module
  (memory (export "memory") 4)

  ;; a · b / R modulo N, where the results may take the place of the factors.
  (func $multiply (export "multiply") (param $a i32) (param $b i32) (param $out i32)
    (local $magnet v128) (local $restorer v128)
    (local $even i32) (local $odd i32) (local $lows i32) (local $highs i32)
    (local $row i32) (local $at i32) (local $from i32) (local $low i32) (local $high i32)
    (local $a0 i64) (local $multiple i64) (local $carry i64) (local $limb f64)
    (local $as v128) (local $ns v128) (local $b_limb v128) (local $n_limb v128) (local $a_high v128) (local $n_high v128)
    ;; Loaded, since as constants they would be made anew each time, which doubles the time.
    (local.set $magnet (v128.load (i32.const 3072)))
    (local.set $restorer (v128.load (i32.const 3088)))
    (memory.copy (i32.const 8192) (i32.const 4096) (i32.const 2064))
    (local.set $even (i32.const 8192))
    (local.set $odd (i32.const 9224))
    (local.set $lows (local.get $even))
    (local.set $highs (i32.add (local.get $odd) (i32.const 8)))
    (local.set $a0 (i64.trunc_f64_u (f64.load (local.get $a))))
    (loop $rows
      (local.set $limb (f64.load (local.get $b)))
      (local.set $multiple
        (i64.and
          (i64.add
            (i64.add (i64.add (i64.load (local.get $even)) (i64.load (local.get $odd))) (local.get $carry))
            (i64.mul (local.get $a0) (i64.trunc_f64_u (local.get $limb))))
          (i64.const 0x7ffffffffffff)))
      (local.set $b_limb (f64x2.splat (local.get $limb)))
      (local.set $n_limb (f64x2.splat (f64.convert_i64_u (local.get $multiple))))
      (local.set $at (i32.const 0))
      (local.set $from (local.get $a))
      (local.set $low (local.get $lows))
      (local.set $high (local.get $highs))
      (loop $columns
        (local.set $as (v128.load (local.get $from)))
        (local.set $ns (v128.load (local.get $at)))
        (local.set $a_high (f64x2.relaxed_madd (local.get $as) (local.get $b_limb) (local.get $magnet)))
        (local.set $n_high (f64x2.relaxed_madd (local.get $ns) (local.get $n_limb) (local.get $magnet)))
        (v128.store (local.get $low)
          (i64x2.add
            (v128.load (local.get $low))
            (i64x2.add
              (f64x2.relaxed_madd (local.get $as) (local.get $b_limb) (f64x2.sub (local.get $restorer) (local.get $a_high)))
              (f64x2.relaxed_madd (local.get $ns) (local.get $n_limb) (f64x2.sub (local.get $restorer) (local.get $n_high))))))
        (v128.store (local.get $high)
          (i64x2.add (v128.load (local.get $high)) (i64x2.add (local.get $a_high) (local.get $n_high))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $low (i32.add (local.get $low) (i32.const 16)))
        (local.set $high (i32.add (local.get $high) (i32.const 16)))
        (br_if $columns (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 496))))
      ;; This column is done, and ends in 51 zeros.
      (local.set $carry
        (i64.shr_s
          (i64.add (i64.add (i64.load (local.get $even)) (i64.load (local.get $odd))) (local.get $carry))
          (i64.const 51)))
      (local.set $even (i32.add (local.get $even) (i32.const 8)))
      (local.set $odd (i32.add (local.get $odd) (i32.const 8)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      ;; The low parts of the next row are where the high parts of this one were: pairs never straddle.
      (local.set $at (local.get $lows))
      (local.set $lows (local.get $highs))
      (local.set $highs (i32.add (local.get $at) (i32.const 16)))
      (br_if $rows (i32.ne (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 62))))
    (local.set $at (i32.const 0))
    (loop $results
      (local.set $carry (i64.add (i64.add (i64.load (local.get $even)) (i64.load (local.get $odd))) (local.get $carry)))
      (f64.store
        (i32.add (local.get $out) (local.get $at))
        (f64.convert_i64_u (i64.and (local.get $carry) (i64.const 0x7ffffffffffff))))
      (local.set $carry (i64.shr_s (local.get $carry) (i64.const 51)))
      (local.set $even (i32.add (local.get $even) (i32.const 8)))
      (local.set $odd (i32.add (local.get $odd) (i32.const 8)))
      (br_if $results (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 496)))))

  ;; Reads all of the row, whichever power is meant.
  (func $look_up (param $row i32) (param $digit i32)
    (local $entry i32) (local $vector i32) (local $at i32) (local $found v128)
    (loop $masks
      (v128.store offset=2560
        (i32.shl (local.get $entry) (i32.const 4))
        (i64x2.splat (i64.extend_i32_s (i32.sub (i32.const 0) (i32.eq (local.get $entry) (local.get $digit))))))
      (br_if $masks (i32.ne (local.tee $entry (i32.add (local.get $entry) (i32.const 1))) (i32.const 32))))
    (loop $vectors
      (local.set $found (v128.const i64x2 0 0))
      (local.set $entry (i32.const 0))
      (local.set $at (i32.add (local.get $row) (local.get $vector)))
      (loop $entries
        (local.set $found
          (v128.or
            (local.get $found)
            (v128.and (v128.load (local.get $at)) (v128.load offset=2560 (local.get $entry)))))
        (local.set $at (i32.add (local.get $at) (i32.const 496)))
        (br_if $entries (i32.ne (local.tee $entry (i32.add (local.get $entry) (i32.const 16))) (i32.const 512))))
      (v128.store offset=2048 (local.get $vector) (local.get $found))
      (br_if $vectors (i32.ne (local.tee $vector (i32.add (local.get $vector) (i32.const 16))) (i32.const 496)))))

  ;; 2 to what the digits say: four times a digit of each row, and a squaring in between.
  (func (export "power")
    (local $digit i32) (local $row i32) (local $last i32) (local $at i32) (local $out i32)
    (local $limb i64) (local $word i64) (local $bits i64)
    ;; The first of a row stands for the digit 0: it is one.
    (memory.copy (i32.const 1536) (i32.const 16384) (i32.const 496))
    (loop $rounds
      (if (local.get $digit)
        (then (call $multiply (i32.const 1536) (i32.const 1536) (i32.const 1536))))
      (local.set $row (i32.const 16384))
      (local.set $last (i32.add (local.get $digit) (i32.const 13)))
      (loop $digits
        (call $look_up (local.get $row) (i32.load8_u offset=1024 (local.get $digit)))
        (call $multiply (i32.const 1536) (i32.const 2048) (i32.const 1536))
        (local.set $row (i32.add (local.get $row) (i32.const 15872)))
        (br_if $digits (i32.ne (local.tee $digit (i32.add (local.get $digit) (i32.const 1))) (local.get $last))))
      (br_if $rounds (i32.ne (local.get $digit) (i32.const 52))))
    ;; Out of Montgomery's form, which leaves it below N.
    (call $multiply (i32.const 1536) (i32.const 512) (i32.const 1536))
    (local.set $out (i32.const 2048))
    (loop $limbs
      (local.set $limb (i64.trunc_f64_u (f64.load offset=1536 (local.get $at))))
      (local.set $word (i64.or (local.get $word) (i64.shl (local.get $limb) (local.get $bits))))
      (local.set $bits (i64.add (local.get $bits) (i64.const 51)))
      (if (i64.ge_u (local.get $bits) (i64.const 64))
        (then
          (i64.store (local.get $out) (local.get $word))
          (local.set $out (i32.add (local.get $out) (i32.const 8)))
          (local.set $bits (i64.sub (local.get $bits) (i64.const 64)))
          (local.set $word (i64.shr_u (local.get $limb) (i64.sub (i64.const 51) (local.get $bits))))))
      (br_if $limbs (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 496)))))
)
