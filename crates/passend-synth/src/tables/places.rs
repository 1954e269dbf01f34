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
