// SPDX-License-Identifier: EUPL-1.2
//! Codes of languages: three letters in VUM and Europass, two in our records where ISO 639-1 has them.

/// ISO 639-1 and the ISO 639-3 code of the same language.
const PAIRS: &str = "aa aar, ab abk, ae ave, af afr, ak aka, am amh, an arg, ar ara, as asm, av ava, ay aym, az aze, ba bak, \
     be bel, bg bul, bi bis, bm bam, bn ben, bo bod, br bre, bs bos, ca cat, ce che, ch cha, co cos, cr cre, cs ces, cu chu, \
     cv chv, cy cym, da dan, de deu, dv div, dz dzo, ee ewe, el ell, en eng, eo epo, es spa, et est, eu eus, fa fas, ff ful, \
     fi fin, fj fij, fo fao, fr fra, fy fry, ga gle, gd gla, gl glg, gn grn, gu guj, gv glv, ha hau, he heb, hi hin, ho hmo, \
     hr hrv, ht hat, hu hun, hy hye, hz her, ia ina, id ind, ie ile, ig ibo, ii iii, ik ipk, io ido, is isl, it ita, iu iku, \
     ja jpn, jv jav, ka kat, kg kon, ki kik, kj kua, kk kaz, kl kal, km khm, kn kan, ko kor, kr kau, ks kas, ku kur, kv kom, \
     kw cor, ky kir, la lat, lb ltz, lg lug, li lim, ln lin, lo lao, lt lit, lu lub, lv lav, mg mlg, mh mah, mi mri, mk mkd, \
     ml mal, mn mon, mr mar, ms msa, mt mlt, my mya, na nau, nb nob, nd nde, ne nep, ng ndo, nl nld, nn nno, no nor, nr nbl, \
     nv nav, ny nya, oc oci, oj oji, om orm, or ori, os oss, pa pan, pi pli, pl pol, ps pus, pt por, qu que, rm roh, rn run, \
     ro ron, ru rus, rw kin, sa san, sc srd, sd snd, se sme, sg sag, sh hbs, si sin, sk slk, sl slv, sm smo, sn sna, so som, \
     sq sqi, sr srp, ss ssw, st sot, su sun, sv swe, sw swa, ta tam, te tel, tg tgk, th tha, ti tir, tk tuk, tl tgl, tn tsn, \
     to ton, tr tur, ts tso, tt tat, tw twi, ty tah, ug uig, uk ukr, ur urd, uz uzb, ve ven, vi vie, vo vol, wa wln, wo wol, \
     xh xho, yi yid, yo yor, za zha, zh zho, zu zul";

/// Other three-letter codes: those of libraries (ISO 639-2/B), and the standard form of a language with several. Dari (`prs`)
/// stays itself: who speaks it does not always read Persian.
const OTHERS: &str = "sq alb, hy arm, eu baq, my bur, zh chi, cs cze, nl dut, fr fre, ka geo, de ger, el gre, is ice, mk mac, \
     mi mao, ms may, fa per, ro rum, sk slo, bo tib, cy wel, ar arb, fa pes, zh cmn, sw swh, ms zsm, lv lvs, et ekk, mn khk, \
     uz uzn, az azj, ps pbt, sq als, yi ydd";

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.split(", ").filter_map(|pair| pair.split_once(' '))
}

/// The code in our records for a code of three letters; the code itself where ISO 639-1 has none.
pub(super) fn short(code: &str) -> &str {
    let mut all = pairs(PAIRS).chain(pairs(OTHERS));
    all.find(|(_, long)| *long == code).map_or(code, |(short, _)| short)
}

/// The code of three letters for a code in our records; nothing for one of two letters that is no language.
pub(super) fn long(code: &str) -> Option<&str> {
    if code.len() == 3 {
        return Some(code);
    }
    pairs(PAIRS).find(|(short, _)| *short == code).map(|(_, long)| long)
}

/// Languages by name, Dutch, English and their own, for files that have no codes; small letters.
const NAMES: &str = "nl nederlands dutch, en engels english, de duits german deutsch, fr frans french français, \
     es spaans spanish español, it italiaans italian italiano, pt portugees portuguese português, ar arabisch arabic العربية, \
     tr turks turkish türkçe, fa farsi perzisch persian فارسی, prs dari دری, ps pashto pasjtoe پښتو, ku koerdisch kurdish kurdî, \
     ti tigrinya ትግርኛ, am amhaars amharic አማርኛ, so somalisch somali soomaali, uk oekraïens ukrainian українська, \
     ru russisch russian русский, pl pools polish polski, ro roemeens romanian română, bg bulgaars bulgarian български, \
     hu hongaars hungarian magyar, el grieks greek ελληνικά, ur urdu اردو, hi hindi हिन्दी, bn bengaals bengali বাংলা, \
     zh chinees chinese 中文, vi vietnamees vietnamese, id indonesisch indonesian, sw swahili kiswahili, om oromo oromoo, \
     sq albanees albanian shqip, sr servisch serbian srpski, hr kroatisch croatian hrvatski, bs bosnisch bosnian bosanski, \
     hy armeens armenian հայերեն, ka georgisch georgian ქართული, az azerbeidzjaans azerbaijani, sv zweeds swedish svenska, \
     da deens danish dansk, no noors norwegian norsk, fi fins finnish suomi, cs tsjechisch czech čeština";

/// The language of this name, if it is one of those that are known here.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    if name.contains(' ') {
        return None;
    }
    NAMES.split(", ").find_map(|entry| {
        let (code, names) = entry.split_once(' ')?;
        names.split(' ').any(|known| known == name).then_some(code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_each_other() {
        for (long_code, short_code) in
            [("nld", "nl"), ("dut", "nl"), ("arb", "ar"), ("prs", "prs"), ("tir", "ti")]
        {
            assert_eq!(short(long_code), short_code);
        }
        for (code, expected) in
            [("nl", Some("nld")), ("ar", Some("ara")), ("prs", Some("prs")), ("xx", None)]
        {
            assert_eq!(long(code), expected);
        }
        for (code, three) in pairs(PAIRS) {
            assert_eq!((short(three), long(code)), (code, Some(three)));
        }
    }

    #[test]
    fn a_language_is_known_by_its_name() {
        assert_eq!(named(" Nederlands"), Some("nl"));
        assert_eq!(named("українська"), Some("uk"));
        assert_eq!(named("klingon"), None);
        assert_eq!(named("nl"), None);
    }
}
