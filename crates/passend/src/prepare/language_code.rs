// SPDX-License-Identifier: EUPL-1.2
//! Codes of languages: two letters where ISO 639-1 has them, else three.

/// A language by its code, ISO 639-1 where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LanguageCode(pub(super) [u8; 3]);

/// ISO 639-3 codes, and the bibliographic ones of ISO 639-2, with their ISO 639-1 code.
const SHORT: &str = "aar aa, abk ab, afr af, aka ak, alb sq, amh am, ara ar, arg an, arm hy, asm as, ava av, \
     ave ae, aym ay, aze az, bak ba, bam bm, baq eu, bel be, ben bn, bis bi, bod bo, bos bs, \
     bre br, bul bg, bur my, cat ca, ces cs, cha ch, che ce, chi zh, chu cu, chv cv, cor kw, \
     cos co, cre cr, cym cy, cze cs, dan da, deu de, div dv, dut nl, dzo dz, ell el, eng en, \
     epo eo, est et, eus eu, ewe ee, fao fo, fas fa, fij fj, fin fi, fra fr, fre fr, fry fy, \
     ful ff, geo ka, ger de, gla gd, gle ga, glg gl, glv gv, gre el, grn gn, guj gu, hat ht, \
     hau ha, hbs sh, heb he, her hz, hin hi, hmo ho, hrv hr, hun hu, hye hy, ibo ig, ice is, \
     ido io, iii ii, iku iu, ile ie, ina ia, ind id, ipk ik, isl is, ita it, jav jv, jpn ja, \
     kal kl, kan kn, kas ks, kat ka, kau kr, kaz kk, khm km, kik ki, kin rw, kir ky, kom kv, \
     kon kg, kor ko, kua kj, kur ku, lao lo, lat la, lav lv, lim li, lin ln, lit lt, ltz lb, \
     lub lu, lug lg, mac mk, mah mh, mal ml, mao mi, mar mr, may ms, mkd mk, mlg mg, mlt mt, \
     mon mn, mri mi, msa ms, mya my, nau na, nav nv, nbl nr, nde nd, ndo ng, nep ne, nld nl, \
     nno nn, nob nb, nor no, nya ny, oci oc, oji oj, ori or, orm om, oss os, pan pa, per fa, \
     pli pi, pol pl, por pt, pus ps, que qu, roh rm, ron ro, rum ro, run rn, rus ru, sag sg, \
     san sa, sin si, slk sk, slo sk, slv sl, sme se, smo sm, sna sn, snd sd, som so, sot st, \
     spa es, sqi sq, srd sc, srp sr, ssw ss, sun su, swa sw, swe sv, tah ty, tam ta, tat tt, \
     tel te, tgk tg, tgl tl, tha th, tib bo, tir ti, ton to, tsn tn, tso ts, tuk tk, tur tr, \
     twi tw, uig ug, ukr uk, urd ur, uzb uz, ven ve, vie vi, vol vo, wel cy, wln wa, wol wo, \
     xho xh, yid yi, yor yo, zha za, zho zh, zul zu";

impl LanguageCode {
    /// The language with this code of two or three small letters.
    pub(crate) fn new(code: &str) -> Self {
        let short = match code.len() {
            3 => SHORT
                .split(", ")
                .filter_map(|pair| pair.split_once(' '))
                .find(|(long, _)| *long == code),
            _ => None,
        };
        let short = short.map_or(code, |(_, short)| short);
        let mut bytes = [0; 3];
        for (at, byte) in bytes.iter_mut().zip(short.bytes()) {
            *at = byte;
        }
        Self(bytes)
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_one_code() {
        for (long, short) in [
            ("nld", "nl"),
            ("dut", "nl"),
            ("ita", "it"),
            ("zul", "zu"),
            ("aar", "aa"),
            ("prs", "prs"),
            ("nl", "nl"),
        ] {
            assert_eq!(LanguageCode::new(long).as_str(), short);
        }
    }
}
