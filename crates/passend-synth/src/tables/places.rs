// SPDX-License-Identifier: EUPL-1.2
//! Where people live and work: municipalities and reception centres of Groningen, Fryslân and Drenthe.

use crate::shares::Shares;

/// Inhabitants in thousands, rounded: CBS 2024, from memory (general knowledge); the islands are rounded up to one.
///
/// Vacancies follow the inhabitants too: numbers by municipality were not found.
pub(crate) const MUNICIPALITIES: Shares<&str> = Shares::of(
    1770,
    &[
        ("Groningen", 244),
        ("Midden-Groningen", 61),
        ("Het Hogeland", 49),
        ("Westerkwartier", 65),
        ("Oldambt", 39),
        ("Eemsdelta", 45),
        ("Stadskanaal", 32),
        ("Veendam", 28),
        ("Westerwolde", 27),
        ("Pekela", 12),
        ("Emmen", 109),
        ("Assen", 70),
        ("Hoogeveen", 56),
        ("Coevorden", 36),
        ("Meppel", 36),
        ("Noordenveld", 32),
        ("Midden-Drenthe", 34),
        ("Tynaarlo", 35),
        ("Aa en Hunze", 26),
        ("Borger-Odoorn", 26),
        ("De Wolden", 25),
        ("Westerveld", 20),
        ("Leeuwarden", 128),
        ("Súdwest-Fryslân", 91),
        ("Smallingerland", 57),
        ("Heerenveen", 52),
        ("De Fryske Marren", 52),
        ("Noardeast-Fryslân", 46),
        ("Waadhoeke", 47),
        ("Opsterland", 30),
        ("Tytsjerksteradiel", 33),
        ("Achtkarspelen", 28),
        ("Weststellingwerf", 27),
        ("Ooststellingwerf", 26),
        ("Dantumadiel", 19),
        ("Harlingen", 16),
        ("Terschelling", 5),
        ("Ameland", 4),
        ("Vlieland", 1),
    ],
    "Schiermonnikoog", // 1
);

/// Reception centres (site, municipality) by places.
///
/// Capacities from news reports of 2018 to 2024; centres reported closed or short-lived are left out. Where no capacity
/// was found (Assen, Emmen, Burgum: 500; Drachten, Sneek, Harlingen: 300) it is assumed. Places, not today's stock.
pub(crate) const CENTRES: Shares<(&str, &str)> = Shares::of(
    7000,
    &[
        (("azc Ter Apel", "Westerwolde"), 2000),
        (("azc Delfzijl", "Eemsdelta"), 700),
        (("opvang Groningen", "Groningen"), 150),
        (("azc Assen", "Assen"), 500),
        (("noodopvang Assen", "Assen"), 500),
        (("azc Emmen", "Emmen"), 500),
        (("azc Hoogeveen", "Hoogeveen"), 1000),
        (("azc Burgum", "Tytsjerksteradiel"), 500),
        (("opvang Leeuwarden", "Leeuwarden"), 250),
        (("opvang Drachten", "Smallingerland"), 300),
        (("opvang Sneek", "Súdwest-Fryslân"), 300),
    ],
    ("opvang Harlingen", "Harlingen"), // 300
);

/// Postcodes of a municipality: the first, how many, and the disc in which they lie (RD New, metres).
///
/// One postcode for each 10,000 inhabitants, counted up from that of the main town (general knowledge). The disc is that of
/// the policy table of municipalities; where in it a postcode lies is invented.
pub(crate) const POSTCODES: [(&str, u32, u32, i32, i32, i32); 40] = [
    ("Groningen", 9711, 25, 237_412, 582_004, 6357),
    ("Midden-Groningen", 9601, 7, 249_912, 579_685, 6357),
    ("Het Hogeland", 9951, 5, 231_243, 599_779, 9408),
    ("Westerkwartier", 9351, 7, 218_509, 581_739, 6510),
    ("Oldambt", 9671, 4, 266_458, 579_984, 7430),
    ("Eemsdelta", 9931, 5, 251_758, 594_505, 7467),
    ("Stadskanaal", 9501, 4, 263_954, 558_464, 3745),
    ("Veendam", 9641, 3, 255_015, 567_955, 3278),
    ("Westerwolde", 9561, 3, 271_292, 559_970, 3745),
    ("Pekela", 9663, 2, 261_289, 566_052, 3278),
    ("Emmen", 7811, 11, 261_318, 530_299, 7642),
    ("Assen", 9401, 7, 233_233, 557_792, 5596),
    ("Hoogeveen", 7901, 6, 231_092, 526_784, 4877),
    ("Coevorden", 7741, 4, 246_094, 528_955, 7579),
    ("Meppel", 7941, 4, 209_577, 525_673, 4603),
    ("Noordenveld", 9301, 4, 225_542, 568_180, 5497),
    ("Midden-Drenthe", 9411, 4, 232_814, 542_871, 7463),
    ("Tynaarlo", 9481, 4, 236_531, 568_487, 5497),
    ("Aa en Hunze", 9461, 3, 244_985, 557_050, 5888),
    ("Borger-Odoorn", 9531, 3, 254_885, 547_549, 6861),
    ("De Wolden", 7921, 3, 221_666, 524_276, 4877),
    ("Westerveld", 7971, 2, 216_217, 539_395, 7622),
    ("Leeuwarden", 8911, 13, 182_450, 576_012, 5754),
    ("Súdwest-Fryslân", 8601, 10, 165_856, 559_754, 8406),
    ("Smallingerland", 9201, 6, 198_623, 569_821, 4345),
    ("Heerenveen", 8441, 6, 194_686, 556_699, 5386),
    ("De Fryske Marren", 8501, 6, 177_654, 547_776, 8406),
    ("Noardeast-Fryslân", 9131, 5, 197_111, 594_137, 3125),
    ("Waadhoeke", 8801, 5, 170_080, 581_978, 6032),
    ("Opsterland", 9241, 3, 203_623, 562_713, 4345),
    ("Tytsjerksteradiel", 9251, 4, 193_444, 579_415, 4505),
    ("Achtkarspelen", 9285, 3, 205_493, 581_385, 6104),
    ("Weststellingwerf", 8471, 3, 197_462, 543_357, 6695),
    ("Ooststellingwerf", 8431, 3, 215_162, 555_408, 6828),
    ("Dantumadiel", 9104, 2, 194_827, 588_319, 3125),
    ("Harlingen", 8861, 2, 159_319, 576_525, 6032),
    ("Terschelling", 8881, 1, 151_301, 601_432, 13083),
    ("Ameland", 9161, 1, 179_229, 607_235, 11083),
    ("Vlieland", 8899, 1, 127_318, 585_907, 11474),
    ("Schiermonnikoog", 9166, 1, 211_117, 612_167, 11415),
];
/// How far a real place can lie from the point of its postcode, in metres. Assumed.
pub(crate) const POSTCODE_RADIUS: u32 = 1_000;
/// A home outside reception, or a workplace, is known by postcode beside its municipality. Assumed.
pub(crate) const HOME_BY_POSTCODE: u32 = 400;
pub(crate) const WORKPLACE_BY_POSTCODE: u32 = 700;
