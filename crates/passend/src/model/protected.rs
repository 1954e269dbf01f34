// SPDX-License-Identifier: EUPL-1.2
//! Attributes that may never enter: their names, so that readers can refuse them.

/// What a refused name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protected {
    /// A protected attribute: nationality, origin, sex, age, religion, health, family, name and their like.
    Attribute,
    /// A national or case number that points to one person in other registers.
    NationalNumber,
}

/// What the name of a field or column stands for, if it is one that the scoring input refuses.
///
/// Case, spaces, accents of separation and the ends of compound names do not matter: `Geboortedatum`, `geboorte_datum`
/// and `GEBOORTE-DATUM` are one name.
///
/// ```
/// # use passend::{Protected, protected};
/// assert_eq!(protected("Nationaliteit"), Some(Protected::Attribute));
/// assert_eq!(protected("date_of_birth"), Some(Protected::Attribute));
/// assert_eq!(protected("BSN"), Some(Protected::NationalNumber));
/// assert_eq!(protected("skills"), None);
/// ```
pub fn protected(name: &str) -> Option<Protected> {
    let folded: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if NUMBERS.contains(&folded.as_str()) {
        return Some(Protected::NationalNumber);
    }
    ATTRIBUTES.contains(&folded.as_str()).then_some(Protected::Attribute)
}

/// Lower case, letters and digits only; sorted by subject, Dutch and English.
const ATTRIBUTES: &[&str] = &[
    // nationality and origin
    "nationaliteit",
    "nationaliteiten",
    "nationality",
    "nationalities",
    "staatsburgerschap",
    "citizenship",
    "citizenships",
    "land",
    "country",
    "landvanherkomst",
    "countryoforigin",
    "herkomst",
    "herkomstland",
    "origin",
    "afkomst",
    "geboorteland",
    "countryofbirth",
    "birthcountry",
    "geboorteplaats",
    "placeofbirth",
    "birthplace",
    "etniciteit",
    "ethnicity",
    "etnischeafkomst",
    "ethnicorigin",
    "ras",
    "race",
    "huidskleur",
    "skincolour",
    "skincolor",
    "migratieachtergrond",
    "migrationbackground",
    "moedertaal",
    "mothertongue",
    "nativelanguage",
    "landvandiploma",
    "diplomacountry",
    "countryofdiploma",
    "diplomaland",
    "stateless",
    "staatloos",
    // sex and orientation
    "geslacht",
    "sex",
    "gender",
    "sekse",
    "genderidentiteit",
    "genderidentity",
    "seksuelegeaardheid",
    "seksuelegerichtheid",
    "seksueleorientatie",
    "sexualorientation",
    "aanhef",
    "salutation",
    "geslachtsaanduiding",
    "mv",
    "vm",
    // age
    "leeftijd",
    "age",
    "leeftijdscategorie",
    "agegroup",
    "geboortedatum",
    "gebdatum",
    "dateofbirth",
    "birthdate",
    "birthday",
    "dob",
    "geboortejaar",
    "yearofbirth",
    "birthyear",
    "birth",
    "geboren",
    "born",
    // religion and conviction
    "religie",
    "religion",
    "geloof",
    "faith",
    "godsdienst",
    "levensovertuiging",
    "belief",
    "beliefs",
    "politiekevoorkeur",
    "politicalopinion",
    "vakbond",
    "vakbondslidmaatschap",
    "unionmembership",
    // health
    "gezondheid",
    "health",
    "gezondheidstoestand",
    "ziekte",
    "illness",
    "disease",
    "handicap",
    "beperking",
    "disability",
    "arbeidsbeperking",
    "diagnose",
    "diagnosis",
    "medisch",
    "medical",
    "zwanger",
    "zwangerschap",
    "pregnant",
    "pregnancy",
    "trauma",
    // family
    "burgerlijkestaat",
    "maritalstatus",
    "civilstatus",
    "gezin",
    "family",
    "gezinssamenstelling",
    "familycomposition",
    "familiestand",
    "household",
    "huishouden",
    "kinderen",
    "children",
    "aantalkinderen",
    "numberofchildren",
    "partner",
    "gehuwd",
    "married",
    "echtgenoot",
    "spouse",
    // name and picture
    "naam",
    "name",
    "voornaam",
    "voornamen",
    "firstname",
    "givenname",
    "achternaam",
    "lastname",
    "familyname",
    "surname",
    "tussenvoegsel",
    "initialen",
    "voorletters",
    "initials",
    "volledigenaam",
    "fullname",
    "roepnaam",
    "geslachtsnaam",
    "foto",
    "photo",
    "picture",
];

/// National and case numbers, Dutch and English.
const NUMBERS: &[&str] = &[
    "bsn",
    "burgerservicenummer",
    "citizenservicenumber",
    "sofinummer",
    "vnummer",
    "vnumber",
    "zaaknummer",
    "casenumber",
    "indnummer",
    "indnumber",
    "coanummer",
    "coanumber",
    "socialsecuritynumber",
    "vreemdelingnummer",
    "vreemdelingennummer",
    "aliennumber",
    "anummer",
    "nationalid",
    "nationalnumber",
    "nationalidnumber",
    "nationalinsurancenumber",
    "ssn",
    "paspoortnummer",
    "passportnumber",
    "documentnummer",
    "documentnumber",
    "identiteitsnummer",
    "idnummer",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_folded_and_listed_once() {
        let mut seen = std::collections::BTreeSet::new();
        for name in ATTRIBUTES.iter().chain(NUMBERS) {
            assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{name}");
            assert!(seen.insert(name), "{name} twice");
        }
    }

    #[test]
    fn no_field_of_the_records_is_refused() {
        // `name` is a field of certificates and employers; a reader asks here only for names that the record lacks.
        for name in
            ["id", "residence", "bsn_available", "languages", "turns_18_on", "support", "reception"]
        {
            assert_eq!(protected(name), None, "{name}");
        }
    }
}
